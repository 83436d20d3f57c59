import type { AccessPolicy, Grant, Role, SubjectOf } from '@steward/auth';

import { takeoverGrants } from '../commands/judge-takeover.ts';

const desk: Role[] = ['director', 'deputyDirector', 'administrativeSupervisor', 'operator', 'supervisor', 'clerk'];
const byStaff: Grant[] = [
  { roles: [...desk, 'maintenance', 'environment', 'guard', 'analyst'], relation: 'community' },
];

export const takeoverAccess: AccessPolicy = {
  ...takeoverGrants,
  'Query.takeover': byStaff,
  'Query.takeovers': byStaff,
  Takeover: byStaff,
  TakeoverDefect: 'inherit',
  TakeoverConnection: 'inherit',
  TakeoverEdge: 'inherit',
};

export const takeoverSubjects: SubjectOf = {
  Takeover: ({ communityId }: { communityId: string }) => ({ communityId }),
};
