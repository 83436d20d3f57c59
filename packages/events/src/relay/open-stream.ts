import type { Log } from '@steward/core';
import type { NatsConnection } from '@nats-io/transport-node';
import type { Pool } from 'pg';

import { ensureStream, type StreamState } from '../stream.ts';
import { compareStream, type LastLook } from './compare-stream.ts';
import { lastMarked, markFound } from './delivery-rows.ts';
import { readPlaces } from './read-places.ts';

export type StreamOptions = { pool: Pool; nats: NatsConnection; prefix: string; publisher: string; log: Log };

export type OpenedStream = StreamState & { requeued: number };

/**
 * Brings the log's view of the stream up to date before anything is sent: the stream exists, what it has lost is
 * unsent again, and what it took before a crash could mark it is marked now. Afterwards `unsent` means not in the
 * stream, at any age, without leaning on the broker's duplicate window. `last` is what an earlier look of the same
 * session has found.
 */
export async function openStream(options: StreamOptions, last: LastLook | null): Promise<OpenedStream> {
  const { pool, nats, prefix, publisher, log } = options;
  const found = await ensureStream(nats, prefix, publisher);
  const { stream, requeued } = await compareStream({ pool, nats, prefix, publisher }, found, last);
  if (requeued > 0) log.warn({ stream: stream.name, requeued }, 'the stream has lost events: sending them again');
  const looked = last !== null && last.epoch === stream.epoch && last.identity === stream.identity ? last.lastSeq : 0;
  const marked = await lastMarked(pool, stream.identity);
  const from = Math.max(marked.last, stream.firstSeq - 1, looked) + 1;
  if (from <= stream.lastSeq) {
    for await (const { places } of readPlaces(nats, stream.name, from, stream.lastSeq)) {
      await markFound(pool, stream.identity, places);
    }
  }
  return { ...stream, requeued };
}
