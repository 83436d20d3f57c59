import { failpoint } from '@steward/core';
import { headers, type MsgHdrs, type NatsConnection } from '@nats-io/transport-node';

import { envelopeText } from '../envelope.ts';
import { logHeader } from '../log/log-identity.ts';
import type { StreamState } from '../stream.ts';
import { isConnected, onConnectionChange, subjectOf } from '../wire.ts';
import { acknowledgementsOf } from './acknowledgements.ts';
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
  const placed: Placed[] = [];
  let failure: Error | null = null;
  let left = batch.length;
  let finish = (): void => undefined;
  const answered = new Promise<void>((resolve) => (finish = resolve));
  const { replyTo, end } = acknowledgementsOf(nats).begin((index, acknowledgement) => {
    left -= 1;
    if (acknowledgement instanceof Error) failure ??= acknowledgement;
    else {
      placed.push({ seq: batch[index]?.seq ?? 0, streamSeq: acknowledgement.seq });
      if (acknowledgement.duplicate) failure ??= new Error('the stream had a message of this batch already');
    }
    if (left === 0) finish();
  });
  try {
    for (const [index, event] of batch.entries()) {
      nats.publish(subjectOf(prefix, event.type), envelopeText(publisher, event), {
        headers: headersOf(event, stream, index, batch[index - 1]),
        reply: replyTo(index),
      });
    }
    await failpoint('publish-ack');
    await untilDisconnected(nats, answered, acknowledgeMilliseconds);
  } catch (error) {
    failure ??= error instanceof Error ? error : new Error(String(error));
  } finally {
    end();
  }
  return { placed, failure };
}

function headersOf(event: UnsentEvent, stream: StreamState, index: number, previous?: UnsentEvent): MsgHdrs {
  const all = headers();
  all.set('Content-Type', 'application/cloudevents+json');
  all.set(seqHeader, String(event.seq));
  if (stream.log !== '') all.set(logHeader, stream.log);
  all.set('Nats-Msg-Id', messageId(event));
  all.set('Nats-Expected-Stream', stream.name);
  all.set('Nats-Expected-Last-Sequence', String(stream.lastSeq + index));
  if (previous !== undefined) all.set('Nats-Expected-Last-Msg-Id', messageId(previous));
  return all;
}

/** Acknowledgements that are lost with a connection would otherwise be waited for until their time is over. */
async function untilDisconnected(nats: NatsConnection, work: Promise<void>, milliseconds: number): Promise<void> {
  let forget = (): void => undefined;
  const gone = new Promise<never>((_resolve, reject) => {
    const check = (): void => {
      if (!isConnected(nats)) reject(new Error('the broker has gone'));
    };
    const timer = setTimeout(() => reject(new Error('the broker does not answer')), milliseconds);
    const forgetChange = onConnectionChange(nats, check);
    forget = () => {
      clearTimeout(timer);
      forgetChange();
    };
    check();
  });
  try {
    await Promise.race([work, gone]);
  } finally {
    forget();
  }
}
