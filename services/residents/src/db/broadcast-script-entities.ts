import { aggregateColumns, column, defineEntity } from '@steward/db';
import { broadcastScriptDeadlines } from '@steward/events';
import { defineAggregate } from '@steward/service-kit';

import type { BroadcastRun, BroadcastScript } from '../domain/broadcast-script.ts';

const nullable = { nullable: true };

export const broadcastScriptEntity = defineEntity<BroadcastScript>({
  name: 'BroadcastScript',
  table: 'broadcast_script',
  columns: {
    ...aggregateColumns,
    kind: column.text(),
    status: column.text(),
    placeId: column.uuid(nullable),
    title: column.text(),
    text: column.text(),
    writtenBy: column.text(),
    times: column.texts(),
    weekdays: column.texts(),
    validFrom: column.date(nullable),
    validTo: column.date(nullable),
    reasonCode: column.text(nullable),
  },
});

export const broadcastRunEntity = defineEntity<BroadcastRun>({
  name: 'BroadcastRun',
  table: 'broadcast_run',
  columns: {
    id: column.id(),
    tenantId: column.uuid(),
    scriptId: column.uuid(),
    dueAt: column.instant(),
    status: column.text(),
    readAt: column.instant(nullable),
    readById: column.uuid(nullable),
  },
});

export const broadcastScriptAggregate = defineAggregate<BroadcastScript>({
  type: 'broadcast-script',
  table: 'broadcast_script',
  graphqlType: 'BroadcastScript',
  entity: broadcastScriptEntity,
  deadlines: broadcastScriptDeadlines,
  subject: ({ communityId }) => ({ communityId }),
});
