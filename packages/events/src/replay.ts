import type { NatsConnection } from '@nats-io/transport-node';
import type { Pool } from 'pg';

import { outboxChannel } from './outbox/outbox-channel.ts';
import { compareStream } from './relay/compare-stream.ts';
import { isConsumerMissing, manage, readStream } from './stream.ts';

export type ReplayOptions = {
  /** The publisher's database, as its system role. */
  pool: Pool;
  nats: NatsConnection;
  prefix: string;
  publisher: string;
  consumer: string;
};

/**
 * Has a consumer read a publisher's whole log again, from version 1: the stream is completed from the log and the
 * durable made again at its beginning. What the consumer has already had stays without effect.
 */
export async function replay({
  pool,
  nats,
  prefix,
  publisher,
  consumer,
}: ReplayOptions): Promise<{ requeued: number }> {
  const stream = await readStream(nats, prefix, publisher);
  // Without a stream there is nothing to complete: its relay makes one and sends the whole log.
  if (stream === null) return { requeued: 0 };
  const { requeued } = await compareStream({ pool, nats, prefix, publisher }, stream, null);
  await pool.query(`select pg_notify('${outboxChannel}', '')`);
  const { consumers } = await manage(nats);
  await consumers.delete(stream.name, consumer).catch((error: unknown) => {
    if (!isConsumerMissing(error)) throw error;
  });
  return { requeued };
}

/** Who has a durable on a publisher's stream; none where nobody has made the stream. */
export async function readersOf({
  nats,
  prefix,
  publisher,
}: Pick<ReplayOptions, 'nats' | 'prefix' | 'publisher'>): Promise<string[]> {
  const stream = await readStream(nats, prefix, publisher);
  if (stream === null) return [];
  const { consumers } = await manage(nats);
  const readers: string[] = [];
  for await (const { config } of consumers.list(stream.name)) readers.push(config.durable_name ?? '');
  return readers.filter((name) => name !== '').toSorted();
}
