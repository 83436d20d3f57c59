import { aggregateColumns, column, defineEntity } from '@steward/db';
import { communityReferenceEntity } from '@steward/service-kit';

import type { Department, Team, TradeReference } from '../domain/department.ts';
import type { Staff, StaffPost } from '../domain/staff.ts';
import { attendanceEntities } from './attendance-entities.ts';
import { conductEntities } from './conduct-entities.ts';
import { payEntities } from './pay-entities.ts';
import { positionEntities } from './position-entities.ts';
import { positionWorkEntities } from './position-work-entities.ts';
import { recruitmentEntities } from './recruitment-entities.ts';
import { rosterEntities } from './roster-entities.ts';
import { trainingEntities } from './training-entities.ts';

export const staffEntity = defineEntity<Staff>({
  name: 'Staff',
  table: 'staff',
  columns: {
    ...aggregateColumns,
    nameSealed: column.text(),
    nameMasked: column.text(),
    phoneSealed: column.text({ nullable: true }),
    phoneMasked: column.text({ nullable: true }),
    phoneIndex: column.text({ nullable: true }),
    status: column.text(),
    employedOn: column.date(),
    leftOn: column.date({ nullable: true }),
    leavingReasonCode: column.text({ nullable: true }),
    tradeCodes: column.texts(),
    dutyFrom: column.instant({ nullable: true }),
    dutyTo: column.instant({ nullable: true }),
  },
});

export const staffPostEntity = defineEntity<StaffPost>({
  name: 'StaffPost',
  table: 'staff_post',
  columns: {
    id: column.id(),
    tenantId: column.uuid(),
    staffId: column.uuid(),
    communityId: column.uuid(),
    departmentId: column.uuid(),
    teamId: column.uuid({ nullable: true }),
    positionCode: column.text(),
    role: column.text(),
    validFrom: column.date(),
    validTo: column.date({ nullable: true }),
  },
});

export const departmentEntity = defineEntity<Department>({
  name: 'Department',
  table: 'department',
  columns: { ...aggregateColumns, communityId: column.uuid({ nullable: true }), name: column.text() },
});

export const teamEntity = defineEntity<Team>({
  name: 'Team',
  table: 'team',
  columns: { ...aggregateColumns, departmentId: column.uuid(), name: column.text() },
});

export const tradeReferenceEntity = defineEntity<TradeReference>({
  name: 'TradeReference',
  table: 'trade_reference',
  columns: {
    id: column.id(),
    tenantId: column.uuid(),
    communityId: column.uuid(),
    code: column.text(),
    isRetired: column.bool(),
  },
});

export const entities = [
  ...rosterEntities,
  ...attendanceEntities,
  ...payEntities,
  ...positionEntities,
  ...recruitmentEntities,
  ...positionWorkEntities,
  ...trainingEntities,
  ...conductEntities,
  staffEntity,
  staffPostEntity,
  departmentEntity,
  teamEntity,
  communityReferenceEntity,
  tradeReferenceEntity,
];
