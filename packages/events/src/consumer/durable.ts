import { AckPolicy, DeliverPolicy, ReplayPolicy, type ConsumerConfig, type ConsumerInfo } from '@nats-io/jetstream';
import { nanos, type NatsConnection } from '@nats-io/transport-node';

import { isConsumerMissing, manage, readStream, type StreamState } from '../stream.ts';
import { isConnected, streamName, streamSubjects } from '../wire.ts';

export type DurableOptions = {
  nats: NatsConnection;
  prefix: string;
  publisher: string;
  consumer: string;
  aggregates: readonly string[];
  /** The life of the consumer's own database: put back to an older state, it reads again what it has forgotten. */
  reader?: string;
};

/** `leftover`: an earlier session was given messages that nobody acknowledged, and did not live to put them back. */
export type Durable = { info: ConsumerInfo; stream: StreamState; leftover: boolean };

const streamKey = 'steward-stream';
const epochKey = 'steward-epoch';
const aggregatesKey = 'steward-aggregates';
const readerKey = 'steward-reader';
const leftKey = 'steward-left';
const acknowledgeMilliseconds = 60_000;
const maxUnacknowledged = 2_000;

/** The consumer's durable on a publisher's stream, or null when it has none. */
export async function readDurable({ nats, prefix, publisher, consumer }: DurableOptions): Promise<ConsumerInfo | null> {
  const { consumers } = await manage(nats);
  try {
    return await consumers.info(streamName(prefix, publisher), consumer);
  } catch (error) {
    if (isConsumerMissing(error)) return null;
    throw error;
  }
}

const namesOf = ({ aggregates }: DurableOptions): string => aggregates.toSorted().join(' ');

/**
 * The durable, ready to deliver in order from the first message that is not acknowledged; null while there is no
 * stream. Messages given to an earlier session would come back only after their acknowledgement time, overtaken by
 * newer ones, so a durable with such leftovers is made again at its acknowledgement floor. If this process dies in
 * between, the next one makes it at the beginning of the stream, which is slower and does no harm.
 */
export async function openDurable(options: DurableOptions): Promise<Durable | null> {
  const { nats, prefix, publisher, consumer } = options;
  const found = (await readStream(nats, prefix, publisher)) === null ? null : await readDurable(options);
  const stream = await readStream(nats, prefix, publisher);
  if (stream === null) return null;
  const leftover = found !== null && found.num_ack_pending > 0 && !wasLeft(found);
  const from = found === null ? 1 : restartFrom(found, stream, options);
  if (found !== null && from === null) return { info: found, stream, leftover };
  const { consumers } = await manage(nats);
  if (found !== null) await consumers.delete(stream.name, consumer);
  return { info: await consumers.add(stream.name, configOf(options, stream, from ?? 1)), stream, leftover };
}

const wasLeft = ({ config, delivered }: ConsumerInfo): boolean =>
  config.metadata?.[leftKey] === String(delivered.consumer_seq);

/** Says that the session ended by itself: what it was given and did not acknowledge has not taken it down. */
export async function leaveDurable(options: DurableOptions): Promise<void> {
  const { nats, prefix, publisher, consumer } = options;
  if (!isConnected(nats)) return;
  const { consumers } = await manage(nats);
  const found = await readDurable(options);
  if (found === null) return;
  const metadata = { ...found.config.metadata, [leftKey]: String(found.delivered.consumer_seq) };
  await consumers.update(streamName(prefix, publisher), consumer, { metadata });
}

/** Where the durable must be made again from; null when it is right as it is. */
function restartFrom(found: ConsumerInfo, stream: StreamState, options: DurableOptions): number | null {
  const { config, delivered, ack_floor: floor } = found;
  const { [streamKey]: identity, [epochKey]: epoch, [aggregatesKey]: read = '' } = config.metadata ?? {};
  // A stream that was made again has other messages under old numbers; a new aggregate type has a past.
  if (identity !== stream.identity || config.metadata?.[readerKey] !== options.reader) return 1;
  if (options.aggregates.some((name) => !read.split(' ').includes(name))) return 1;
  // A stream that was shortened or put back gives numbers again that the durable believes to know.
  if (epoch !== stream.epoch)
    return epoch === stream.epochBefore ? Math.min(floor.stream_seq + 1, stream.epochFrom) : 1;
  if (delivered.stream_seq > stream.lastSeq) return Math.min(floor.stream_seq, stream.lastSeq) + 1;
  // Of the time when each message was acknowledged by itself.
  const isOld = config.ack_policy !== AckPolicy.All;
  const isUnsettled = isOld || found.num_ack_pending > 0 || delivered.consumer_seq !== floor.consumer_seq;
  return isUnsettled || read !== namesOf(options) ? floor.stream_seq + 1 : null;
}

/** Whether the broker's stream is still the one, with the same numbers, that the durable was opened on. */
export async function isSameStream({ nats, prefix, publisher }: DurableOptions, opened: StreamState): Promise<boolean> {
  const stream = await readStream(nats, prefix, publisher);
  if (stream === null || stream.identity !== opened.identity) return false;
  return stream.epoch === opened.epoch && stream.log === opened.log;
}

/**
 * One acknowledgement stands for all before it, as a batch is worked off as a whole. It has no filter: with one,
 * nats-server up to 2.11 delivers a backlog of more than one block a hundred times more slowly (nats-io/nats-server
 * issues 7014 and 7852; here 300/s instead of 30,000/s). The consumer passes over the aggregates it does not use.
 */
const configOf = (options: DurableOptions, stream: StreamState, from: number): Partial<ConsumerConfig> => ({
  durable_name: options.consumer,
  ack_policy: AckPolicy.All,
  ack_wait: nanos(acknowledgeMilliseconds),
  max_ack_pending: maxUnacknowledged,
  replay_policy: ReplayPolicy.Instant,
  metadata: {
    [streamKey]: stream.identity,
    [epochKey]: stream.epoch,
    [aggregatesKey]: namesOf(options),
    ...(options.reader === undefined ? {} : { [readerKey]: options.reader }),
  },
  ...(from <= 1
    ? { deliver_policy: DeliverPolicy.All }
    : { deliver_policy: DeliverPolicy.StartSequence, opt_start_seq: from }),
});

/**
 * Whether everything the stream holds is acknowledged. Its last message is compared with the floor, because the broker
 * counts a new message as pending only some time after it has confirmed it to the publisher.
 */
export async function isCaughtUp(options: DurableOptions): Promise<boolean> {
  const { nats, prefix, publisher } = options;
  const stream = await readStream(nats, prefix, publisher);
  if (stream === null) return true;
  const { streams } = await manage(nats);
  const last = await streams.getMessage(stream.name, { last_by_subj: streamSubjects(prefix, publisher) });
  if (last === null) return true;
  const info = await readDurable(options);
  if (info === null || info.config.metadata?.[streamKey] !== stream.identity) return false;
  if (info.config.metadata[epochKey] !== stream.epoch) return false;
  return info.num_ack_pending === 0 && info.ack_floor.stream_seq >= last.seq;
}
