import { errorFacts, type Log } from '@steward/core';
import type { Database } from '@steward/db';
import type { Msg, NatsConnection, Subscription } from '@nats-io/transport-node';
import type { Pool } from 'pg';
import { z } from 'zod';

import { lineageOf } from './log-identity.ts';

/** What a consumer believes to have had: aggregate, version, and the fact's id where it is known. */
const standing = z.tuple([z.guid(), z.int().min(1), z.guid().nullable()]);

export const auditRequest = z.object({ known: z.array(z.guid()), standings: z.array(standing).max(2_000) });

export const auditAnswer = z.object({
  lineage: z.array(z.guid()),
  /** Aggregate, the version asked about, and the last version that both sides have had alike. */
  diverged: z.array(z.tuple([z.guid(), z.int(), z.int()])),
});

export type AuditStanding = z.infer<typeof standing>;

export const auditSubject = (prefix: string, publisher: string): string => `${prefix}.${publisher}.audit`;

/**
 * `boundary`: where the first life of the log begins that the consumer does not know; what is behind it was never
 * seen by it, whatever its version. A fact of unknown id counts when the version is there from before. A log that
 * begins after the version asked about has nothing to say against it.
 */
const divergedSql = `
  with boundary as (
    select coalesce(min(from_seq), 9223372036854775807) as seq from log_identity
    where place > (select min(place) from log_identity) and identity <> all ($1::uuid[])
  ), asked as (
    select * from unnest($2::uuid[], $3::int[], $4::uuid[]) asked (aggregate_id, version, event_id)
  )
  select asked.aggregate_id, asked.version,
         least(coalesce(kept.version, 0), coalesce(lost.version - 1, 2147483647), asked.version - 1) as common
  from asked cross join boundary
  left join lateral (
    select max(aggregate_version) as version from outbox
    where aggregate_id = asked.aggregate_id and aggregate_version < asked.version and seq < boundary.seq
  ) kept on true
  left join lateral (
    select min(aggregate_version) as version from lost_event
    where aggregate_id = asked.aggregate_id and log_identity <> all ($1::uuid[])
  ) lost on true
  where not exists (
    select 1 from outbox
    where aggregate_id = asked.aggregate_id and aggregate_version = asked.version
      and case when asked.event_id is null then seq < boundary.seq else id = asked.event_id end
  ) and not (asked.event_id is null and asked.version <
    (select min(aggregate_version) from outbox where aggregate_id = asked.aggregate_id))`;

async function divergedOf(pool: Pool, { known, standings }: z.infer<typeof auditRequest>) {
  const { rows } = await pool.query<{ aggregate_id: string; version: number; common: number }>(divergedSql, [
    known,
    standings.map(([id]) => id),
    standings.map(([, version]) => version),
    standings.map(([, , eventId]) => eventId),
  ]);
  return rows.map((row) => [row.aggregate_id, row.version, row.common]);
}

type Answering = { database: Database; nats: NatsConnection; service: string; prefix: string; log: Log };

async function answer({ database }: Answering, message: Msg): Promise<void> {
  const request = auditRequest.safeParse(message.json());
  if (!request.success) return void message.respond(JSON.stringify({ error: 'REQUEST_INVALID' }));
  const pool = database.system;
  const diverged = await divergedOf(pool, request.data);
  message.respond(JSON.stringify({ lineage: await lineageOf(pool), diverged }));
}

/** Consumers that meet a life of this log which they do not know ask here what of theirs it has; any instance answers. */
export function answerAudits(context: Answering): Subscription {
  const requests = context.nats.subscribe(auditSubject(context.prefix, context.service), { queue: 'relay' });
  void (async () => {
    for await (const message of requests) {
      await answer(context, message).catch((error: unknown) => {
        // The consumer asks again when it hears nothing.
        context.log.warn({ publisher: context.service, ...errorFacts(error) }, 'an audit of the log was not answered');
      });
    }
  })();
  return requests;
}
