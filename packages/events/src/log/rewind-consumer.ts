import { newId } from '@steward/core';
import type { Pool, PoolClient } from 'pg';

import type { AuditStanding } from './answer-audit.ts';

export type Reader = { pool: Pool; consumer: string; publisher: string };

/** An aggregate of which the consumer has had facts that the publisher's log does not have. */
export type Divergence = { aggregateId: string; version: number; common: number };

type Row = { aggregate_id: string; version: number; event_id: string | null };

const toStandings = (rows: readonly Row[]): AuditStanding[] =>
  rows.map(({ aggregate_id: id, version, event_id: eventId }) => [id, version, eventId]);

/** The consumer's positions on a publisher's aggregates, from one aggregate on. */
export async function positionsAfter({ pool, consumer, publisher }: Reader, last: string | null, limit: number) {
  const { rows } = await pool.query<Row>(
    `select aggregate_id, version, event_id from consumer_position
     where consumer = $1 and publisher = $2 and version > 0 and ($3::uuid is null or aggregate_id > $3)
     order by aggregate_id limit $4`,
    [consumer, publisher, last, limit],
  );
  return toStandings(rows);
}

/** What is parked of a publisher's facts, from one parked event on. */
export async function parkedAfter({ pool, consumer, publisher }: Reader, last: AuditStanding | null, limit: number) {
  const { rows } = await pool.query<Row>(
    `select aggregate_id, aggregate_version as version, event_id from parked_event
     where consumer = $1 and publisher = $2 and aggregate_id is not null and aggregate_version > 0
       and reason <> 'LOG_REWOUND' and event_id is not null
       and ($3::uuid is null or (aggregate_id, aggregate_version) > ($3, $4))
     order by aggregate_id, aggregate_version limit $5`,
    [consumer, publisher, last?.[0] ?? null, last?.[1] ?? null, limit],
  );
  return toStandings(rows);
}

/** Facts that were never applied and that the publisher does not have any more: nothing is to be done about them. */
async function forgetParked(client: PoolClient, { consumer }: Reader, { aggregateId, common }: Divergence) {
  const { rows } = await client.query<{ version: number; id: string; state: string; detail: unknown }>(
    `delete from parked_event where consumer = $1 and aggregate_id = $2 and aggregate_version > $3
     returning aggregate_version as version, event_id as id, state, detail`,
    [consumer, aggregateId, common],
  );
  return rows;
}

/**
 * The position goes back to what both have had, so that the publisher's new facts of those versions are seen, and a
 * marker at that version holds them until an operator has looked: the effects of the lost facts are still here.
 */
async function mark(client: PoolClient, reader: Reader, divergence: Divergence, unapplied: object[]): Promise<boolean> {
  const { consumer, publisher } = reader;
  const { aggregateId, version, common } = divergence;
  const { rows } = await client.query<{ tenant_id: string; event_id: string | null }>(
    `with before as (select event_id from consumer_position where consumer = $1 and aggregate_id = $2)
     update consumer_position set version = $4, event_id = null
     where consumer = $1 and aggregate_id = $2 and version = $3 and version > $4
     returning tenant_id, (select event_id from before) as event_id`,
    [consumer, aggregateId, version, common],
  );
  const [moved] = rows;
  if (moved === undefined) return false;
  const detail = {
    applied: { to: version, eventId: moved.event_id },
    common,
    ...(unapplied.length > 0 && { unapplied }),
  };
  await client.query(
    `insert into parked_event (id, tenant_id, consumer, publisher, stream_seq, event_id, aggregate_id,
                               aggregate_version, envelope, state, reason, detail)
     values ($1, $2, $3, $4, 0, $5, $6, $7, '{}', 'FAILED', 'LOG_REWOUND', $8)
     on conflict (aggregate_id, consumer, aggregate_version) where aggregate_id is not null
     do update set state = 'FAILED', reason = 'LOG_REWOUND', due_at = null,
                   detail = excluded.detail || jsonb_build_object('before', parked_event.detail)`,
    [newId(), moved.tenant_id, consumer, publisher, moved.event_id, aggregateId, common, detail],
  );
  return true;
}

/** Answers whether effects of lost facts are here, so that an operator must decide. */
export async function rewind(reader: Reader, divergence: Divergence): Promise<boolean> {
  const client = await reader.pool.connect();
  try {
    await client.query('begin');
    const unapplied = await forgetParked(client, reader, divergence);
    const isMarked = await mark(client, reader, divergence, unapplied);
    await client.query('commit');
    return isMarked;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}
