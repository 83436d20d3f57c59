import type { NatsConnection } from '@nats-io/transport-node';
import type { Pool } from 'pg';

import { beginEpoch, deletedNumbers, manage, readStream, type StreamState } from '../stream.ts';
import { lastMarked, markedBetween, markedNear, requeueLost, requeuePlaces, type Place } from './delivery-rows.ts';
import { messageIdOf, seqHeader } from './publish-batch.ts';
import { readPlaces } from './read-places.ts';

const requeueChunk = 20_000;
/** How many numbers besides the newest are looked at before the whole stream is believed. */
const probes = 16;

export type Comparing = { pool: Pool; nats: NatsConnection; prefix: string; publisher: string };

/** The stream, and how many events of the log it has lost, which are unsent again. */
export type Compared = { stream: StreamState; requeued: number };

/** What the last look has found, so that the next one need not do it again. */
export type LastLook = Pick<StreamState, 'identity' | 'epoch' | 'firstSeq' | 'messages' | 'lastSeq'>;

const holesIn = ({ firstSeq, lastSeq, messages }: Pick<StreamState, 'firstSeq' | 'lastSeq' | 'messages'>): number =>
  lastSeq - firstSeq + 1 - messages;

const hasSameHoles = (stream: StreamState, last: LastLook): boolean =>
  stream.epoch === last.epoch && stream.firstSeq === last.firstSeq && holesIn(stream) === holesIn(last);

/**
 * Compares the stream with what the log believes to be in it, and makes unsent what is not: the stream was made again
 * (all), shortened (before its first message, after its last), purged in the middle (its holes), or put back and
 * filled with other messages (the ids at its numbers). Without a last look the whole stream is probed.
 */
export async function compareStream(
  comparing: Comparing,
  found: StreamState,
  last: LastLook | null,
): Promise<Compared> {
  const { pool, nats, prefix, publisher } = comparing;
  // The marks first: a relay may be sending and marking meanwhile.
  const marked = await lastMarked(pool, found.identity);
  let stream = await readStream(nats, prefix, publisher);
  if (stream === null || stream.identity !== found.identity) throw new Error('the stream was made again just now');
  // Before anything is sent: those numbers will be given again, and consumers must not believe they know them.
  if (marked.last > stream.lastSeq) stream = await beginEpoch(nats, stream, stream.lastSeq + 1);
  let requeued = 0;
  for (let chunk = requeueChunk; chunk === requeueChunk; requeued += chunk) {
    chunk = await requeueLost(pool, stream, marked.at, requeueChunk);
  }
  if (holesIn(stream) > 0 && (last === null || !hasSameHoles(stream, last))) {
    requeued += await requeueHoles(comparing, stream);
  }
  if (await isAsMarked(comparing, stream, last === null ? probes : 0)) return { stream, requeued };
  const replaced = await requeueReplaced(comparing, stream);
  return { stream: replaced.stream, requeued: requeued + replaced.requeued };
}

async function requeueHoles({ pool, nats }: Comparing, stream: StreamState): Promise<number> {
  const deleted = await deletedNumbers(nats, stream);
  let requeued = 0;
  for (let at = 0; at < deleted.length; at += requeueChunk) {
    requeued += await requeuePlaces(pool, stream.identity, deleted.slice(at, at + requeueChunk));
  }
  return requeued;
}

/** Whether the newest marked message, and so many others spread over the stream, are what the log says they are. */
async function isAsMarked({ pool, nats }: Comparing, stream: StreamState, others: number): Promise<boolean> {
  const { identity, name, firstSeq, lastSeq } = stream;
  const between = Array.from({ length: others }, (_, index) =>
    Math.floor(firstSeq + ((lastSeq - firstSeq) * (index + 1)) / (others + 1)),
  );
  const marked = await markedNear(pool, identity, [lastSeq, ...between]);
  const { streams } = await manage(nats);
  const same = await Promise.all(
    marked.map(async ({ seq, streamSeq, id }) => {
      const message = await streams.getMessage(name, { seq: streamSeq });
      return message !== null && message.header.get(seqHeader) === String(seq) && messageIdOf(message.header) === id;
    }),
  );
  return same.every(Boolean);
}

/** Reads the whole stream and makes unsent what is not at its number. */
async function requeueReplaced({ pool, nats }: Comparing, found: StreamState): Promise<Compared> {
  let stream = found;
  let requeued = 0;
  for await (const { from, to, places } of readPlaces(nats, stream.name, stream.firstSeq, stream.lastSeq)) {
    const there = new Map(places.map((place) => [place.streamSeq, place]));
    const isThere = ({ seq, streamSeq, id }: Place): boolean => {
      const message = there.get(streamSeq);
      return message?.seq === seq && message.id === id;
    };
    const marked = await markedBetween(pool, stream.identity, from, to);
    const missing = marked.filter((place) => !isThere(place)).map(({ streamSeq }) => streamSeq);
    if (missing.length === 0) continue;
    if (stream.epoch === found.epoch) stream = await beginEpoch(nats, stream, Math.min(...missing));
    requeued += await requeuePlaces(pool, stream.identity, missing);
  }
  return { stream, requeued };
}
