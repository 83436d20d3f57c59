import { defineAggregate } from '@steward/service-kit';

import { departmentEntity, staffEntity, teamEntity } from './entities.ts';
import { attendanceAggregates } from './attendance-aggregates.ts';
import { conductAggregates } from './conduct-aggregates.ts';
import { payAggregates } from './pay-aggregates.ts';
import { positionAggregates } from './position-aggregates.ts';
import { rosterAggregates } from './roster-aggregates.ts';
import { trainingAggregates } from './training-aggregates.ts';
import { staffListSubject } from './staff-subject-queries.ts';

export const staffAggregate = defineAggregate({
  type: 'staff',
  table: 'staff',
  graphqlType: 'Staff',
  entity: staffEntity,
  sealed: ['nameSealed', 'phoneSealed', 'phoneIndex'],
  subject: (staff) => ({ communityId: staff.communityId, staffIds: [staff.id] }),
  listSubject: staffListSubject,
});

export const departmentAggregate = defineAggregate({
  type: 'department',
  table: 'department',
  graphqlType: 'Department',
  entity: departmentEntity,
  subject: () => ({}),
});

export const teamAggregate = defineAggregate({
  type: 'team',
  table: 'team',
  graphqlType: 'Team',
  entity: teamEntity,
  subject: (team) => ({ communityId: team.communityId }),
});

export const aggregates = [
  staffAggregate,
  departmentAggregate,
  teamAggregate,
  ...rosterAggregates,
  ...attendanceAggregates,
  ...payAggregates,
  ...positionAggregates,
  ...trainingAggregates,
  ...conductAggregates,
];
