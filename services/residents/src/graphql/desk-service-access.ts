import type { AccessPolicy, Grant, Role, SubjectOf } from '@steward/auth';

import { deskServiceGrants } from '../commands/desk-service-grants.ts';
import { ofInvoiceApplication } from '../db/invoice-application-subject-queries.ts';
import { ofCard } from '../db/membership-card-subject-queries.ts';
import { ofHousehold } from '../db/procedure-subject-queries.ts';
import { ofMandate } from '../db/rental-mandate-subject-queries.ts';

const desk: Role[] = ['director', 'deputyDirector', 'administrativeSupervisor', 'operator', 'supervisor', 'clerk'];
const counter: Role[] = [...desk, 'cashier'];
const gate: Role[] = [...desk, 'guard'];

const near = (roles: Role[]): Grant[] => [{ roles, relation: 'community' }];
const own: Grant = { roles: ['resident', 'committee'], relation: 'own' };

const listed = (type: string): AccessPolicy => ({ [`${type}Connection`]: 'inherit', [`${type}Edge`]: 'inherit' });
const asked = (one: string, many: string): AccessPolicy => ({
  [`Query.${one}`]: 'authenticated',
  [`Query.${many}`]: 'authenticated',
});

/** Who may see and do what in the services of the desk: key accounts, mandates, cards, invoices, broadcasts, routes. */
export const deskServiceAccess: AccessPolicy = {
  ...deskServiceGrants,
  ...asked('keyAccountVisit', 'keyAccountVisits'),
  ...asked('rentalMandate', 'rentalMandates'),
  ...asked('membershipCard', 'membershipCards'),
  ...asked('invoiceApplication', 'invoiceApplications'),
  ...asked('broadcastScript', 'broadcastScripts'),
  ...asked('counterSignRoute', 'counterSignRoutes'),
  ...listed('KeyAccountVisit'),
  ...listed('RentalMandate'),
  ...listed('MembershipCard'),
  ...listed('InvoiceApplication'),
  ...listed('BroadcastScript'),
  ...listed('CounterSignRoute'),

  'Community.floorArea': near([...counter, 'analyst']),
  CommunityFloorArea: 'inherit',
  UsageFloorArea: 'inherit',
  KeyAccountVisit: near([...counter, 'analyst']),
  // What a customer said in confidence is the desk's (B017).
  'KeyAccountVisit.opinion': near(desk),
  RentalMandate: [...near([...counter, 'analyst']), own],
  'RentalMandate.mandateFile': [...near(counter), own],
  'RentalMandate.contractFile': [...near(counter), own],
  'RentalMandate.signatures': [...near(counter), own],
  'RentalMandate.viewings': near(gate),
  MembershipCard: [...near([...counter, 'guard', 'analyst']), own],
  'MembershipCard.profile': near(desk),
  InvoiceApplication: [...near(counter), own],
  BroadcastScript: near([...gate, 'environment', 'maintenance', 'trainer', 'analyst']),
  BroadcastRun: 'inherit',
  CounterSignRoute: near([...counter, 'analyst']),
  'CounterSignRoute.title': near(counter),
  CounterSignStep: 'inherit',
};

/** On what `own` and `community` are judged. */
export const deskServiceSubjects: SubjectOf = {
  KeyAccountVisit: ofHousehold,
  RentalMandate: ofMandate,
  MembershipCard: ofCard,
  InvoiceApplication: ofInvoiceApplication,
  BroadcastScript: ({ communityId }: { communityId: string }) => ({ communityId }),
  CounterSignRoute: ({ communityId }: { communityId: string }) => ({ communityId }),
};
