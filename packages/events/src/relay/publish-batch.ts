import { jetstream } from '@nats-io/jetstream';
import { failpoint } from '@steward/core';
import { headers, type MsgHdrs, type NatsConnection } from '@nats-io/transport-node';

import { toEnvelope } from '../envelope.ts';
import { logHeader } from '../log/log-identity.ts';
import type { StreamState } from '../stream.ts';
import { isConnected, onConnectionChange, subjectOf } from '../wire.ts';
import type { Placed, UnsentEvent } from './delivery-rows.ts';

/** Header that leads from a message back to its row in the publisher's log. */
export const seqHeader = 'Steward-Seq';

const acknowledgeMilliseconds = 5_000;

export type BatchResult = { placed: Placed[]; failure: Error | null };

/** `<id>` at first; `<id>#<generation>` when it is sent again, or the broker would take it for a duplicate. */
export const messageId = (event: { id: string; generation: number }): string =>
  event.generation === 0 ? event.id : `${event.id}#${event.generation}`;

/** The id of the fact that a message is a copy of. */
export const messageIdOf = (header: MsgHdrs): string => header.get('Nats-Msg-Id').split('#')[0] ?? '';

/**
 * Publishes without waiting in between, each message chained to the one before it: by the stream's last sequence and,
 * from the second on, by the last message's id. When one is refused the broker refuses all that follow, so what is
 * in the stream is always a beginning of the batch, in order. Either link alone leaves a hole: a duplicate does not
 * move the sequence, and the first message has no predecessor to name.
 */
export async function publishBatch(
  nats: NatsConnection,
  prefix: string,
  publisher: string,
  stream: StreamState,
  batch: readonly UnsentEvent[],
): Promise<BatchResult> {
  const client = jetstream(nats);
  const acknowledged = batch.map((event, index) => {
    const previous = batch[index - 1];
    return client.publish(subjectOf(prefix, event.type), JSON.stringify(toEnvelope(publisher, event)), {
      msgID: messageId(event),
      timeout: acknowledgeMilliseconds,
      headers: headersOf(event, stream.log),
      expect: {
        streamName: stream.name,
        lastSequence: stream.lastSeq + index,
        ...(previous === undefined ? {} : { lastMsgID: messageId(previous) }),
      },
    });
  });
  const placed: Placed[] = [];
  let failure: Error | null = null;
  const settled = acknowledged.map(async (ack, index) => {
    await failpoint('publish-ack');
    const { seq, duplicate } = await ack;
    placed.push({ seq: batch[index]?.seq ?? 0, streamSeq: seq });
    if (duplicate) failure ??= new Error('the stream had a message of this batch already');
  });
  try {
    await untilDisconnected(nats, Promise.all(settled));
  } catch (error) {
    failure = error instanceof Error ? error : new Error(String(error));
    await untilDisconnected(nats, Promise.allSettled(settled)).catch(() => undefined);
  }
  return { placed: [...placed], failure };
}

function headersOf(event: UnsentEvent, log: string): MsgHdrs {
  const all = headers();
  all.set('Content-Type', 'application/cloudevents+json');
  all.set(seqHeader, String(event.seq));
  if (log !== '') all.set(logHeader, log);
  return all;
}

/** Acknowledgements that are lost with a connection would otherwise be waited for until their timeout. */
async function untilDisconnected<T>(nats: NatsConnection, work: Promise<T>): Promise<T> {
  work.catch(() => undefined);
  let forget = (): void => undefined;
  const gone = new Promise<never>((_resolve, reject) => {
    const check = (): void => {
      if (!isConnected(nats)) reject(new Error('the broker has gone'));
    };
    forget = onConnectionChange(nats, check);
    check();
  });
  try {
    return await Promise.race([work, gone]);
  } finally {
    forget();
  }
}
