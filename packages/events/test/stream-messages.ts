import { jetstream, jetstreamManager, type PubAck } from '@nats-io/jetstream';
import { headers, nanos } from '@nats-io/transport-node';

import { streamName, type StewardEvent } from '../src/index.ts';
import { eventually, publisher, type Rig } from './rig.ts';

export type StreamMessage = { seq: number; messageId: string; event: StewardEvent<unknown> };

/** Everything the publisher's stream holds, in its order. */
export async function readStreamMessages({ nats, prefix }: Rig): Promise<StreamMessage[]> {
  const { streams } = await jetstreamManager(nats);
  const name = streamName(prefix, publisher);
  const { state } = await streams.info(name);
  const messages: StreamMessage[] = [];
  for (let seq = state.first_seq; seq <= state.last_seq; seq += 1) {
    const message = await streams.getMessage(name, { seq });
    if (message === null || message.data.length < 3) continue;
    messages.push({ seq, messageId: message.header.get('Nats-Msg-Id'), event: message.json() });
  }
  return messages;
}

export const versionsIn = (messages: readonly StreamMessage[], ticket: string): number[] =>
  messages.filter(({ event }) => event.subject === ticket).map(({ event }) => event.aggregateversion);

export async function deleteStream({ nats, prefix }: Rig): Promise<void> {
  await (await jetstreamManager(nats)).streams.delete(streamName(prefix, publisher));
}

/** Sends a text past the publisher's outbox, as a broken or foreign program might. */
export async function publishRaw({ nats, prefix }: Rig, subject: string, text: string): Promise<void> {
  await jetstream(nats).publish(`${prefix}.${subject}`, text);
}

/** Lets the broker forget the ids of the messages it has. */
export async function passDuplicateWindow({ nats, prefix }: Rig): Promise<void> {
  const { streams } = await jetstreamManager(nats);
  await streams.update(streamName(prefix, publisher), { duplicate_window: nanos(100) });
  const probe = (): Promise<PubAck> =>
    jetstream(nats).publish(`${prefix}.${publisher}.stamp.used.v1`, '{}', { msgID: 'probe' });
  await probe();
  await eventually(async () => !(await probe()).duplicate);
}

/** What an older copy of the broker's store does: the same stream, with its first messages only. */
export async function putBack(rig: Rig, upTo: number): Promise<void> {
  const { nats, prefix } = rig;
  const { streams } = await jetstreamManager(nats);
  const name = streamName(prefix, publisher);
  const { config } = await streams.info(name);
  const kept = [];
  for (let seq = 1; seq <= upTo; seq += 1) kept.push(await streams.getMessage(name, { seq }));
  await streams.delete(name);
  await streams.add(config);
  for (const message of kept) {
    const copied = headers();
    for (const key of ['Nats-Msg-Id', 'Steward-Seq']) copied.set(key, message?.header.get(key) ?? '');
    const subject = message?.subject ?? `${prefix}.${publisher}.stamp.used.v1`;
    const { seq } = await jetstream(nats).publish(subject, message?.data ?? '', { headers: copied });
    if (message === null) await streams.deleteMessage(name, seq);
  }
}
