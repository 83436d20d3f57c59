import { AckPolicy, DeliverPolicy, jetstream, type JsMsg } from '@nats-io/jetstream';
import { nanos, type NatsConnection } from '@nats-io/transport-node';

import { manage } from '../stream.ts';
import type { Place } from './delivery-rows.ts';
import { seqHeader } from './publish-batch.ts';

const chunkSize = 5_000;
const forgottenAfterMilliseconds = 30_000;

/** The messages of a stretch of the stream: which of our facts they are. What is nobody's has no place. */
export type StreamStretch = { from: number; to: number; places: Place[] };

const factId = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?=#|$)/i;

function placeOf(message: JsMsg): Place[] {
  const seq = Number(message.headers?.get(seqHeader));
  const id = factId.exec(message.headers?.get('Nats-Msg-Id') ?? '')?.[0];
  return id === undefined || !(seq > 0) ? [] : [{ seq, streamSeq: message.seq, id }];
}

/** Reads the stream from one number to another by its messages' headers, in stretches that leave no number out. */
export async function* readPlaces(
  nats: NatsConnection,
  stream: string,
  from: number,
  to: number,
): AsyncGenerator<StreamStretch> {
  const { consumers } = await manage(nats);
  const info = await consumers.add(stream, {
    ack_policy: AckPolicy.None,
    deliver_policy: DeliverPolicy.StartSequence,
    opt_start_seq: from,
    headers_only: true,
    mem_storage: true,
    inactive_threshold: nanos(forgottenAfterMilliseconds),
  });
  let begin = from;
  let places: Place[] = [];
  try {
    if (info.num_pending > 0) {
      for await (const message of await jetstream(nats).consumers.getConsumerFromInfo(info).consume({
        max_messages: chunkSize,
        abort_on_missing_resource: true,
      })) {
        if (message.seq <= to) places.push(...placeOf(message));
        if (message.seq >= to || message.info.pending === 0) break;
        if (message.seq - begin + 1 < chunkSize) continue;
        yield { from: begin, to: message.seq, places };
        begin = message.seq + 1;
        places = [];
      }
    }
    yield { from: begin, to, places };
  } finally {
    // It vanishes by itself when this does not reach the broker.
    await consumers.delete(stream, info.name).catch(() => undefined);
  }
}
