import { failpoint, newId } from '@steward/core';
import { beforeCommit, dispatch, prepared, txScope, txState, type Tx } from '@steward/db';

import { traceparentOf } from '../cause.ts';
import { publishableData, type EventDefinition } from '../define-event.ts';
import { outboxChannel } from './outbox-channel.ts';

export type RecordedEvent<T> = {
  definition: EventDefinition<T>;
  aggregateId: string;
  /** The caller holds the aggregate's row locked, which makes this the order of commit as well. */
  aggregateVersion: number;
  communityId?: string | null | undefined;
  data: T;
};

type OutboxRow = {
  id: string;
  community_id: string | null;
  aggregate_type: string;
  aggregate_id: string;
  aggregate_version: number;
  type: string;
  occurred_at: string;
  traceparent: string | null;
  actor_role: string | null;
  data: unknown;
};

const bufferKey = Symbol('outbox');

/** Writes a fact to the outbox with the transaction: one insert for all of them, just before the commit. */
export function recordEvent<T>(tx: Tx, event: RecordedEvent<T>): void {
  const { definition, aggregateId, aggregateVersion } = event;
  const { now, actor } = txScope(tx);
  const buffer = txState<OutboxRow[]>(tx, bufferKey, () => []);
  if (buffer.length === 0) beforeCommit(tx, (committing) => flush(committing, buffer.splice(0)));
  buffer.push({
    id: newId(),
    community_id: event.communityId ?? null,
    aggregate_type: definition.aggregate,
    aggregate_id: aggregateId,
    aggregate_version: aggregateVersion,
    type: definition.type,
    occurred_at: now.toISOString(),
    traceparent: traceparentOf(tx) ?? null,
    actor_role: actor.role ?? (actor.kind === 'system' ? 'system' : null),
    data: publishableData(definition, event.data),
  });
}

/** `seq` is drawn in the order of recording: facts of one aggregate are numbered as they happened. */
const insertEvents = prepared(`
  with event as (
    select * from rows from (jsonb_to_recordset($2::jsonb) as (
      id uuid, community_id uuid, aggregate_type text, aggregate_id uuid, aggregate_version int,
      type text, occurred_at timestamptz, traceparent text, actor_role text, data jsonb
    )) with ordinality
  ), logged as (
    insert into outbox (id, tenant_id, community_id, aggregate_type, aggregate_id, aggregate_version,
                        type, occurred_at, traceparent, actor_role, data)
    select id, $1::uuid, community_id, aggregate_type, aggregate_id, aggregate_version,
           type, occurred_at, traceparent, actor_role, data
    from event order by ordinality
    returning seq, recorded_at
  ), queued as (
    insert into outbox_delivery (seq, recorded_at, tenant_id) select seq, recorded_at, $1::uuid from logged
  )
  select pg_notify('${outboxChannel}', '')`);

async function flush(tx: Tx, events: OutboxRow[]): Promise<void> {
  await failpoint('outbox-insert');
  dispatch(tx, insertEvents, [txScope(tx).tenantId, JSON.stringify(events)]);
}
