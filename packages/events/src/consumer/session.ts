import { jetstream, type ConsumerMessages } from '@nats-io/jetstream';

import { aggregateOf, isConnected, onConnectionChange } from '../wire.ts';
import type { ConsumerContext } from './consumer-context.ts';
import { openDurable, type Durable, type DurableOptions } from './durable.ts';
import { readFact } from './fact.ts';
import { handleBatch } from './handle-batch.ts';
import { Inbox } from './inbox.ts';
import { abandonedAggregates, countParked, dueAggregates } from './parked-rows.ts';
import { settle } from './settle.ts';

export type SessionOptions = {
  context: Omit<ConsumerContext, 'sweepIn'>;
  durable: DurableOptions;
  signal: AbortSignal;
  /** The first session of this process: what is left over may be what took the last one down. */
  isFirst: boolean;
  /** Runs `listener` when an operator has decided about a parked event. */
  onParkedChange(listener: () => void): () => void;
  succeeded(): void;
};

const batchSize = 200;
/** Twice a batch: the next one arrives while this one is worked off. */
const pulled = 400;
const sweepMilliseconds = 1_000;
const sweepLimit = 200;

/** Reads the stream until something breaks or the term ends; false when there is no stream yet. */
export async function consumeSession(options: SessionOptions): Promise<boolean> {
  const durable = await openDurable(options.durable);
  if (durable === null) return false;
  const inbox = new Inbox(durable.info.delivered.consumer_seq);
  const wake = (): void => inbox.wake();
  options.signal.addEventListener('abort', wake);
  const { nats } = options.context;
  const forgetConnection = onConnectionChange(nats, () => {
    if (!isConnected(nats)) inbox.fail(new Error('the broker has gone'));
  });
  const messages = await pull(options, durable, inbox);
  try {
    await workOff(options, inbox, durable.leftover && options.isFirst);
  } finally {
    options.signal.removeEventListener('abort', wake);
    forgetConnection();
    await messages.close();
  }
  return true;
}

async function pull({ context }: SessionOptions, { info }: Durable, inbox: Inbox): Promise<ConsumerMessages> {
  const messages = await jetstream(context.nats)
    .consumers.getConsumerFromInfo(info)
    .consume({
      max_messages: pulled,
      idle_heartbeat: 5_000,
      abort_on_missing_resource: true,
      callback: (message) => inbox.push(message),
    });
  void messages.closed().then((error) => inbox.fail(error instanceof Error ? error : new Error('the delivery ended')));
  return messages;
}

async function workOff(options: SessionOptions, inbox: Inbox, leftover: boolean): Promise<void> {
  let sweepAt = 0;
  let suspicious = leftover;
  const aggregates = new Set(options.durable.aggregates);
  const context: ConsumerContext = {
    ...options.context,
    sweepIn: (milliseconds) => (sweepAt = Math.min(sweepAt, Date.now() + milliseconds)),
  };
  const forget = options.onParkedChange(() => {
    sweepAt = 0;
    inbox.wake();
  });
  try {
    await resume(context);
    while (!options.signal.aborted) {
      const messages = await inbox.take(batchSize, sweepAt - Date.now());
      const { publisher, subscriptions } = context;
      const used = messages.filter(({ subject }) => aggregates.has(aggregateOf(subject) ?? ''));
      const received = used.map((each) => readFact(each.string(), each.seq, publisher, subscriptions));
      await handleBatch(context, received, suspicious);
      for (const message of messages) message.ack();
      if (messages.length > 0) suspicious = false;
      if (Date.now() >= sweepAt) {
        sweepAt = Date.now() + sweepMilliseconds;
        await sweep(context);
      }
      options.succeeded();
    }
  } finally {
    forget();
  }
}

async function resume(context: ConsumerContext): Promise<void> {
  const { database, consumer, publisher } = context;
  for (const id of await abandonedAggregates(database.system, consumer, publisher)) await settle(context, id);
}

async function sweep(context: ConsumerContext): Promise<void> {
  const { database, consumer, publisher, metrics } = context;
  const due = await dueAggregates(database.system, consumer, publisher, sweepLimit);
  for (const id of due) await settle(context, id);
  if (due.length === sweepLimit) context.sweepIn(0);
  const parked = await countParked(database.system, consumer, publisher);
  for (const state of ['GAP', 'RETRYING', 'FAILED', 'WAITING', 'DROPPED']) {
    metrics.set('events_parked', { consumer, publisher, state }, parked.get(state) ?? 0);
  }
}
