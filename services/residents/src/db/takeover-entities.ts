import { aggregateColumns, column, defineEntity } from '@steward/db';
import { takeoverDeadlines } from '@steward/events';
import { defineAggregate } from '@steward/service-kit';

import type { Takeover, TakeoverDefect } from '../domain/takeover.ts';

const optional = { nullable: true };

export const takeoverEntity = defineEntity<Takeover>({
  name: 'Takeover',
  table: 'takeover',
  columns: {
    ...aggregateColumns,
    status: column.text(),
    placeId: column.uuid(),
    developerId: column.uuid(),
    coordinatorId: column.uuid(),
    signedAt: column.instant(optional),
    closedAt: column.instant(optional),
  },
});

export const takeoverDefectEntity = defineEntity<TakeoverDefect>({
  name: 'TakeoverDefect',
  table: 'takeover_defect',
  columns: {
    id: column.id(),
    tenantId: column.uuid(),
    takeoverId: column.uuid(),
    itemCode: column.text(),
    tradeCode: column.text(),
    problemCode: column.text(),
    noteSealed: column.text(optional),
    foundAt: column.instant(),
    state: column.text(),
    workOrderId: column.uuid(optional),
    recheckedAt: column.instant(optional),
  },
});

export const takeoverEntities = [takeoverEntity, takeoverDefectEntity];

export const takeoverAggregate = defineAggregate<Takeover>({
  type: 'takeover',
  table: 'takeover',
  graphqlType: 'Takeover',
  entity: takeoverEntity,
  deadlines: takeoverDeadlines,
  subject: ({ communityId }) => ({ communityId }),
});

export const takeoverAggregates = [takeoverAggregate];
