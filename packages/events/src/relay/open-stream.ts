import type { Log } from '@steward/core';
import type { NatsConnection } from '@nats-io/transport-node';
import type { Pool } from 'pg';

import { ensureStream, manage, type StreamState } from '../stream.ts';
import { lastMarked, markSent, requeueLost, type Placed } from './delivery-rows.ts';
import { seqHeader } from './publish-batch.ts';

const requeueChunk = 20_000;
const readChunk = 100;

export type StreamOptions = { pool: Pool; nats: NatsConnection; prefix: string; publisher: string; log: Log };

/**
 * Brings the log's view of the stream up to date before anything is sent: the stream exists, what it has lost is
 * unsent again, and what it took before a crash could mark it is marked now. Afterwards `unsent` means not in the
 * stream, at any age, without leaning on the broker's duplicate window.
 */
export async function openStream(options: StreamOptions): Promise<StreamState & { requeued: number }> {
  const { pool, nats, prefix, publisher, log } = options;
  const stream = await ensureStream(nats, prefix, publisher);
  let requeued = 0;
  for (let chunk = requeueChunk; chunk === requeueChunk; requeued += chunk) {
    chunk = await requeueLost(pool, stream, requeueChunk);
  }
  if (requeued > 0) log.warn({ stream: stream.name, requeued }, 'the stream has lost events: sending them again');
  const marked = Math.max(await lastMarked(pool, stream.identity), stream.firstSeq - 1);
  for (let from = marked + 1; from <= stream.lastSeq; from += readChunk) {
    const to = Math.min(from + readChunk - 1, stream.lastSeq);
    await markSent(pool, stream.identity, await readPlaces(nats, stream.name, from, to));
  }
  return { ...stream, requeued };
}

/** Which of our events the messages `from` to `to` are; those of nobody's, or deleted, are passed over. */
async function readPlaces(nats: NatsConnection, stream: string, from: number, to: number): Promise<Placed[]> {
  const { streams } = await manage(nats);
  const sequences = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  const messages = await Promise.all(sequences.map((seq) => streams.getMessage(stream, { seq })));
  return messages.flatMap((message) => {
    const seq = Number(message?.header.get(seqHeader));
    return message === null || !(seq > 0) ? [] : [{ seq, streamSeq: message.seq }];
  });
}
