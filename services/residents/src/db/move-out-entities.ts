import { aggregateColumns, column, defineEntity } from '@steward/db';
import { moveOutDeadlines } from '@steward/events';
import { defineAggregate } from '@steward/service-kit';

import type { MoveOut } from '../domain/move-out.ts';
import { ofHousehold, ofHouseholdInSql } from './procedure-subject-queries.ts';

const optional = { nullable: true };

export const moveOutEntity = defineEntity<MoveOut>({
  name: 'MoveOut',
  table: 'move_out',
  columns: {
    ...aggregateColumns,
    status: column.text(),
    householdId: column.uuid(),
    unitId: column.uuid(),
    holdingId: column.uuid(),
    leavesOn: column.date(),
    inspectedAt: column.instant(optional),
    keyCount: column.int(optional),
    waterReading: column.decimal(optional),
    electricityReading: column.decimal(optional),
    gasReading: column.decimal(optional),
    chargeState: column.text(),
    chargeId: column.uuid(optional),
    counterSigned: column.texts(),
    closedAt: column.instant(optional),
    cancelledAt: column.instant(optional),
    cancelReasonCode: column.text(optional),
  },
});

export const moveOutEntities = [moveOutEntity];

export const moveOutAggregate = defineAggregate<MoveOut>({
  type: 'move-out',
  table: 'move_out',
  graphqlType: 'MoveOut',
  entity: moveOutEntity,
  deadlines: moveOutDeadlines,
  subject: ofHousehold,
  listSubject: ofHouseholdInSql,
});

export const moveOutAggregates = [moveOutAggregate];
