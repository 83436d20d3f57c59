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

import { streamName, streamSubjects } from './wire.ts';

/** A publisher's stream as the broker has it now. */
export type StreamState = {
  name: string;
  /** Given at its making: a stream that was lost and made again is another one, whatever its name. */
  identity: string;
  firstSeq: number;
  lastSeq: number;
};

const identityKey = 'steward-identity';
const nameTaken = 10058;
/** Longer than a relay takes to come back; what is older is recognised by reading the stream's tail. */
const duplicateWindowMilliseconds = 120_000;

export const manage = (nats: NatsConnection): Promise<JetStreamManager> => jetstreamManager(nats, { checkAPI: false });

const hasCode = (error: unknown, code: number): boolean => error instanceof JetStreamApiError && error.code === code;

export const isStreamMissing = (error: unknown): boolean => hasCode(error, JetStreamApiCodes.StreamNotFound);

export const isConsumerMissing = (error: unknown): boolean => hasCode(error, JetStreamApiCodes.ConsumerNotFound);

const stateOf = ({ config, state }: StreamInfo): StreamState => ({
  name: config.name,
  identity: config.metadata?.[identityKey] ?? '',
  firstSeq: state.first_seq,
  lastSeq: state.last_seq,
});

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

/** The publisher's stream, made when it does not exist. It keeps everything: its shortening is the operator's. */
export async function ensureStream(nats: NatsConnection, prefix: string, publisher: string): Promise<StreamState> {
  const found = await readStream(nats, prefix, publisher);
  if (found !== null && found.identity !== '') return found;
  const { streams } = await manage(nats);
  const name = streamName(prefix, publisher);
  const metadata = { [identityKey]: randomUUID() };
  if (found !== null) return stateOf(await streams.update(name, { metadata }));
  try {
    const made = await streams.add({
      name,
      subjects: [streamSubjects(prefix, publisher)],
      retention: RetentionPolicy.Limits,
      storage: StorageType.File,
      discard: DiscardPolicy.Old,
      duplicate_window: nanos(duplicateWindowMilliseconds),
      allow_direct: true,
      metadata,
    });
    return stateOf(made);
  } catch (error) {
    if (hasCode(error, nameTaken)) return ensureStream(nats, prefix, publisher);
    throw error;
  }
}
