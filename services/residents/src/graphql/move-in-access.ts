import type { AccessPolicy, Grant, Role, SubjectOf } from '@steward/auth';

import { moveInGrants } from '../commands/judge-move-in.ts';
import { ofHousehold } from '../db/procedure-subject-queries.ts';

const desk: Role[] = ['director', 'deputyDirector', 'administrativeSupervisor', 'operator', 'supervisor', 'clerk'];
const counter: Role[] = [...desk, 'cashier'];
const staff: Role[] = [...counter, 'maintenance', 'guard', 'environment', 'trainer', 'analyst'];
const own: Grant = { roles: ['resident', 'committee'], relation: 'own' };

const byCounter: Grant[] = [{ roles: counter, relation: 'community' }, own];
const everyStaff: Grant[] = [{ roles: staff, relation: 'community' }, own];

/** Who sees move-ins; transitions bring their own rows. Papers are copies of identity cards and contracts (B017). */
export const moveInAccess: AccessPolicy = {
  ...moveInGrants,
  'Query.moveIn': 'authenticated',
  'Query.moveIns': 'authenticated',
  'Mutation.createProcedureUpload': [{ roles: staff, relation: 'community' }, own],
  CreateProcedureUploadPayload: 'inherit',
  MoveIn: everyStaff,
  'MoveIn.papers': byCounter,
  'MoveIn.signatures': byCounter,
  'MoveIn.history': byCounter,
  MoveInConnection: 'inherit',
  MoveInEdge: 'inherit',
  MoveInRequiredPaper: 'inherit',
  MoveInPaper: 'inherit',
  MoveInDefect: 'inherit',
  MeterReading: 'inherit',
  ProcedureCheck: 'inherit',
};

export const moveInSubjects: SubjectOf = { MoveIn: ofHousehold };
