import type { AccessPolicy, Grant, Role, SubjectOf } from '@steward/auth';

import { moveOutGrants } from '../commands/judge-move-out.ts';
import { ofHousehold } from '../db/procedure-subject-queries.ts';

const desk: Role[] = ['director', 'deputyDirector', 'administrativeSupervisor', 'operator', 'supervisor', 'clerk'];
const counter: Role[] = [...desk, 'cashier'];
const own: Grant = { roles: ['resident', 'committee'], relation: 'own' };
const byCounter: Grant[] = [{ roles: counter, relation: 'community' }, own];

export const moveOutAccess: AccessPolicy = {
  ...moveOutGrants,
  'Query.moveOut': 'authenticated',
  'Query.moveOuts': 'authenticated',
  MoveOut: [{ roles: [...counter, 'maintenance', 'guard', 'analyst'], relation: 'community' }, own],
  'MoveOut.signatures': byCounter,
  'MoveOut.history': byCounter,
  MoveOutConnection: 'inherit',
  MoveOutEdge: 'inherit',
};

export const moveOutSubjects: SubjectOf = { MoveOut: ofHousehold };
