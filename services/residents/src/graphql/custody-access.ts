import type { AccessPolicy, Grant, Role } from '@steward/auth';

import { custodyGrants } from '../commands/custody-grants.ts';
import { ofHousehold } from '../db/procedure-subject-queries.ts';

const desk: Role[] = ['director', 'deputyDirector', 'administrativeSupervisor', 'operator', 'supervisor', 'clerk'];
const near = (roles: Role[]): Grant[] => [{ roles, relation: 'community' }];
const own: Grant = { roles: ['resident', 'committee'], relation: 'own' };

/** Who may see and do what with flats under custody. */
export const custodyAccess: AccessPolicy = {
  ...custodyGrants,
  'Query.custody': 'authenticated',
  'Query.custodies': 'authenticated',
  'Mutation.recordHeavyRainWarning': near([...desk, 'guard']),

  Custody: [...near([...desk, 'cashier', 'maintenance', 'guard', 'analyst']), own],
  CustodyReading: 'inherit',
  CustodyPatrol: 'inherit',
  CustodyConnection: 'inherit',
  CustodyEdge: 'inherit',
  HeavyRainWarning: 'inherit',
  RecordHeavyRainWarningPayload: 'inherit',
};

/** On what `own` and `community` are judged. */
export const custodySubjects = { Custody: ofHousehold };
