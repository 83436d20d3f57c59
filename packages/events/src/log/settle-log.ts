import type { Log } from '@steward/core';
import type { NatsConnection } from '@nats-io/transport-node';
import type { Pool } from 'pg';

import { envelopeSchema } from '../envelope.ts';
import { lastMarked, type Place } from '../relay/delivery-rows.ts';
import { readPlaces } from '../relay/read-places.ts';
import { ensureStream, manage, type StreamState } from '../stream.ts';
import { logHeader, logIdentity, renewLogIdentity } from './log-identity.ts';

export type SettleLogOptions = { pool: Pool; nats: NatsConnection; prefix: string; publisher: string; log: Log };

/** How many facts the stream had that the log has not. */
export type SettledLog = { identity: string; lost: number };

const atOnce = 100;

/** Which of these messages are facts that the log does not have; its rows are only ever added. */
async function notInLog(pool: Pool, places: readonly Place[]): Promise<Place[]> {
  if (places.length === 0) return [];
  const { rows } = await pool.query<{ streamSeq: number }>(
    `select place.stream_seq as "streamSeq"
     from unnest($1::bigint[], $2::uuid[], $3::bigint[]) place (seq, id, stream_seq)
     where not exists (select 1 from outbox where outbox.seq = place.seq and outbox.id = place.id)`,
    [places.map(({ seq }) => seq), places.map(({ id }) => id), places.map(({ streamSeq }) => streamSeq)],
  );
  const lost = new Set(rows.map(({ streamSeq }) => streamSeq));
  return places.filter(({ streamSeq }) => lost.has(streamSeq));
}

/** Keeps facts that only the stream has, for the operator. */
async function keep(
  pool: Pool,
  identity: string,
  found: readonly { streamSeq: number; text: string }[],
): Promise<void> {
  const readable = found.flatMap(({ streamSeq, text }) => {
    const envelope = envelopeSchema.safeParse(JSON.parse(text));
    return envelope.success ? [{ streamSeq, envelope: envelope.data }] : [];
  });
  await pool.query(
    `insert into lost_event (id, tenant_id, log_identity, stream_seq, type, aggregate_type, aggregate_id,
                             aggregate_version, occurred_at, envelope)
     select (envelope->>'id')::uuid, (envelope->>'tenantid')::uuid, $1, "streamSeq", envelope->>'type',
            envelope->>'aggregatetype', (envelope->>'subject')::uuid, (envelope->>'aggregateversion')::int,
            (envelope->>'time')::timestamptz, envelope
     from jsonb_to_recordset($2::jsonb) as lost ("streamSeq" bigint, envelope jsonb)
     on conflict do nothing`,
    [identity, JSON.stringify(readable)],
  );
}

/** First kept, then taken out: whoever reads the stream from now on sees only facts that the log has. */
async function takeOut(
  { pool, nats }: SettleLogOptions,
  stream: StreamState,
  identity: string,
  lost: readonly Place[],
): Promise<void> {
  const { streams } = await manage(nats);
  for (let at = 0; at < lost.length; at += atOnce) {
    const numbers = lost.slice(at, at + atOnce).map(({ streamSeq }) => streamSeq);
    const messages = await Promise.all(numbers.map((seq) => streams.getMessage(stream.name, { seq })));
    const found = messages.flatMap((message) =>
      message === null ? [] : [{ streamSeq: message.seq, text: message.string() }],
    );
    await keep(pool, identity, found);
    await Promise.all(found.map(({ streamSeq }) => streams.deleteMessage(stream.name, streamSeq, false)));
  }
}

async function sign(nats: NatsConnection, stream: StreamState, identity: string): Promise<void> {
  const { streams } = await manage(nats);
  const { config } = await streams.info(stream.name);
  await streams.update(stream.name, { metadata: { ...config.metadata, [logHeader]: identity } });
}

/**
 * Before a relay sends anything: is the stream ahead of the log? Facts are published only once they are committed, so
 * a message with a fact that the log does not have tells of a log that was put back to an older state. Those facts
 * are kept as lost, taken out of the stream, and the stream is signed with the log's new identity, by which consumers
 * notice. Only what is behind the last message that the log knows of can be such.
 */
export async function settleLog(options: SettleLogOptions): Promise<SettledLog> {
  const { pool, nats, prefix, publisher, log } = options;
  let identity = await logIdentity(pool);
  // Also a stream that is new is signed before anything is sent: its readers may be older than it.
  const stream = await ensureStream(nats, prefix, publisher, identity);
  const marked = await lastMarked(pool, stream.identity);
  const from = Math.max(marked.last, stream.firstSeq - 1) + 1;
  let lost = 0;
  if (from <= stream.lastSeq) {
    for await (const { places } of readPlaces(nats, stream.name, from, stream.lastSeq)) {
      const ghosts = await notInLog(pool, places);
      // Nothing else has shown that the database was put back.
      if (ghosts.length > 0 && stream.log === identity) identity = await renewLogIdentity(pool);
      await takeOut(options, stream, identity, ghosts);
      lost += ghosts.length;
    }
  }
  if (stream.log !== identity) await sign(nats, stream, identity);
  if (lost > 0) log.error({ publisher, lost }, 'the log was put back: the stream had facts that it has lost');
  return { identity, lost };
}
