import { randomUUID } from 'node:crypto';

import {
  DiscardPolicy,
  JetStreamApiCodes,
  JetStreamApiError,
  jetstreamManager,
  RetentionPolicy,
  StorageType,
  type JetStreamManager,
  type StreamInfo,
} from '@nats-io/jetstream';
import { nanos, type NatsConnection } from '@nats-io/transport-node';

import { logHeader } from './log/log-identity.ts';
import { streamName, streamSubjects } from './wire.ts';

/** A publisher's stream as the broker has it now. */
export type StreamState = {
  name: string;
  /** Given at its making: a stream that was lost and made again is another one, whatever its name. */
  identity: string;
  /**
   * One stretch in which each number was given once. Another begins when the broker has forgotten messages and gives
   * their numbers to others; what a consumer knows of numbers from `epochFrom` on ends with the epoch before.
   */
  epoch: string;
  epochBefore: string | null;
  epochFrom: number;
  /** The life of the publisher's log that it was last compared with; '' before the first time. */
  log: string;
  firstSeq: number;
  lastSeq: number;
  /** How many messages are there; fewer than the numbers from first to last when some were taken out in between. */
  messages: number;
};

const identityKey = 'steward-identity';
const epochKey = 'steward-epoch';
const epochBeforeKey = 'steward-epoch-before';
const epochFromKey = 'steward-epoch-from';
const nameTaken = 10058;
/** Longer than a relay takes to come back; what is older is recognised by reading the stream's tail. */
const duplicateWindowMilliseconds = 120_000;

export const manage = (nats: NatsConnection): Promise<JetStreamManager> => jetstreamManager(nats, { checkAPI: false });

const hasCode = (error: unknown, code: number): boolean => error instanceof JetStreamApiError && error.code === code;

export const isStreamMissing = (error: unknown): boolean => hasCode(error, JetStreamApiCodes.StreamNotFound);

export const isConsumerMissing = (error: unknown): boolean => hasCode(error, JetStreamApiCodes.ConsumerNotFound);

function stateOf({ config, state }: StreamInfo): StreamState {
  const metadata = config.metadata ?? {};
  const identity = metadata[identityKey] ?? '';
  return {
    name: config.name,
    identity,
    epoch: metadata[epochKey] ?? identity,
    epochBefore: metadata[epochBeforeKey] ?? null,
    epochFrom: Number(metadata[epochFromKey] ?? 1),
    log: metadata[logHeader] ?? '',
    firstSeq: state.first_seq,
    lastSeq: state.last_seq,
    messages: state.messages,
  };
}

/** The publisher's stream, or null when nobody has made it yet. */
export async function readStream(nats: NatsConnection, prefix: string, publisher: string): Promise<StreamState | null> {
  const { streams } = await manage(nats);
  try {
    return stateOf(await streams.info(streamName(prefix, publisher)));
  } catch (error) {
    if (isStreamMissing(error)) return null;
    throw error;
  }
}

/**
 * The publisher's stream, made when it does not exist. It keeps everything: its shortening is the operator's. A new one
 * is signed with `log` at its making, so that a reader who opens it at once does not see it change.
 */
export async function ensureStream(
  nats: NatsConnection,
  prefix: string,
  publisher: string,
  log?: string,
): Promise<StreamState> {
  const found = await readStream(nats, prefix, publisher);
  if (found !== null && found.identity !== '') return found;
  const { streams } = await manage(nats);
  const name = streamName(prefix, publisher);
  const identity = { [identityKey]: randomUUID() };
  // Not ours from its making: what it has must be compared before it is signed.
  if (found !== null) return stateOf(await streams.update(name, { metadata: identity }));
  try {
    const made = await streams.add({
      name,
      subjects: [streamSubjects(prefix, publisher)],
      retention: RetentionPolicy.Limits,
      storage: StorageType.File,
      discard: DiscardPolicy.Old,
      duplicate_window: nanos(duplicateWindowMilliseconds),
      allow_direct: true,
      metadata: log === undefined ? identity : { ...identity, [logHeader]: log },
    });
    return stateOf(made);
  } catch (error) {
    if (hasCode(error, nameTaken)) return ensureStream(nats, prefix, publisher, log);
    throw error;
  }
}

/** Says to all readers that numbers from `from` on are, or will be, given a second time. */
export async function beginEpoch(nats: NatsConnection, stream: StreamState, from: number): Promise<StreamState> {
  const { streams } = await manage(nats);
  const { config } = await streams.info(stream.name);
  const metadata = {
    ...config.metadata,
    [epochKey]: randomUUID(),
    [epochBeforeKey]: stream.epoch,
    [epochFromKey]: String(from),
  };
  return stateOf(await streams.update(stream.name, { metadata }));
}

/** The numbers between the stream's first and last whose messages are gone. */
export async function deletedNumbers(nats: NatsConnection, stream: StreamState): Promise<number[]> {
  const { streams } = await manage(nats);
  const { state } = await streams.info(stream.name, { deleted_details: true });
  return state.deleted ?? [];
}
