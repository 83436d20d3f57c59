import { jetstream, jetstreamManager } from '@nats-io/jetstream';

import { streamName, type StewardEvent } from '../src/index.ts';
import { publisher, type Rig } from './rig.ts';

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
