import type { AccessPolicy, Grant, Role } from '@steward/auth';

import { registerGrants } from '../commands/register-grants.ts';
import { ofHousehold } from '../db/procedure-subject-queries.ts';
import { ofEscort, ofMail } from '../db/register-subject-queries.ts';

const desk: Role[] = ['director', 'deputyDirector', 'administrativeSupervisor', 'operator', 'supervisor', 'clerk'];
const gate: Role[] = [...desk, 'guard'];

const near = (roles: Role[]): Grant[] => [{ roles, relation: 'community' }];
const ownHousehold: Grant = { roles: ['resident', 'committee'], relation: 'own' };
const escort: Grant = { roles: ['guard', 'maintenance', 'environment'], relation: 'own' };

/** Who may see and do what in the front desk's registers. */
export const registerAccess: AccessPolicy = {
  ...registerGrants,
  'Query.mailItem': 'authenticated',
  'Query.mailItems': 'authenticated',
  'Query.residentRegistration': 'authenticated',
  'Query.residentRegistrations': 'authenticated',
  'Query.escortedAccess': 'authenticated',
  'Query.escortedAccesses': 'authenticated',

  MailItem: [...near(gate), ownHousehold],
  // What a leader says about it is between the leader and the desk.
  'MailItem.instruction': near(desk),
  ResidentRegistration: [...near([...desk, 'cashier']), ownHousehold],
  EscortedAccess: [...near(gate), escort],
  RegistrationDocument: 'inherit',
  MailItemConnection: 'inherit',
  MailItemEdge: 'inherit',
  ResidentRegistrationConnection: 'inherit',
  ResidentRegistrationEdge: 'inherit',
  EscortedAccessConnection: 'inherit',
  EscortedAccessEdge: 'inherit',
};

/** On what `own` and `community` are judged. */
export const registerSubjects = { MailItem: ofMail, ResidentRegistration: ofHousehold, EscortedAccess: ofEscort };
