import type { AccessPolicy, Grant, Role, Subject } from '@steward/auth';

import { passGrants } from '../commands/pass-grants.ts';
import type { Pass } from '../domain/pass.ts';

const desk: Role[] = ['director', 'deputyDirector', 'administrativeSupervisor', 'operator', 'supervisor', 'clerk'];
const gate: Role[] = [...desk, 'guard'];
const residents: Role[] = ['resident', 'committee'];

const near = (roles: Role[]): Grant[] => [{ roles, relation: 'community' }];
const own: Grant = { roles: residents, relation: 'own' };

/** Who may see and do what with passes. */
export const passAccess: AccessPolicy = {
  ...passGrants,
  'Query.pass': 'authenticated',
  'Query.passes': 'authenticated',
  'Query.passToVerify': near(gate),
  'Mutation.requestPass': [...near(gate), { roles: ['resident'], relation: 'own' }],

  Pass: [...near([...gate, 'analyst']), own],
  // Whoever has the code can have it used: a guard reads it from its holder.
  'Pass.code': [...near(desk), own],
  'Pass.holderName': [...near(gate), own],
  'Pass.plate': [...near(gate), own],
  PassItem: 'inherit',
  PassUse: 'inherit',
  PassConnection: 'inherit',
  PassEdge: 'inherit',
  RequestPassPayload: 'inherit',
};

export const subjectOfPass = ({ communityId, householdId }: Pass): Subject => ({
  communityId,
  householdIds: householdId === null ? [] : [householdId],
});

/** On what `own` and `community` are judged. */
export const passSubjects = { Pass: subjectOfPass };
