import { jetstream, type ConsumerMessages, type JsMsg } from '@nats-io/jetstream';
import { failpoint } from '@steward/core';

import { logHeader, logIdentity } from '../log/log-identity.ts';
import { watchLog } from '../log/meet-log.ts';
import { aggregateOf, isConnected, onConnectionChange } from '../wire.ts';
import { mostShared, type ConsumerContext } from './consumer-context.ts';
import { isSameStream, leaveDurable, openDurable, type Durable, type DurableOptions } from './durable.ts';
import { readFact } from './fact.ts';
import { handleBatch } from './handle-batch.ts';
import { Inbox } from './inbox.ts';
import { abandonedAggregates, countParked, dueAggregates, nextDueIn } from './parked-rows.ts';
import { settle } from './settle.ts';

export type SessionOptions = {
  context: Omit<ConsumerContext, 'sweepIn' | 'pace'>;
  durable: DurableOptions;
  signal: AbortSignal;
  /** What is left over may be what took the last process down. */
  isSuspicious: boolean;
  /** Runs `listener` when an operator has decided about a parked event. */
  onParkedChange(listener: () => void): () => void;
  succeeded(): void;
};

const batchSize = 400;
/** Twice a batch: the next one arrives while this one is worked off. */
const pulled = 2 * batchSize;
/** How often the stream is looked at, whether it is still the one that was opened. */
const lookMilliseconds = 1_000;
/** A net: what is due is swept when it is due, and what an operator has decided when that is notified. */
const sweepMilliseconds = 5_000;
const sweepLimit = 200;

/** Reads the stream until something breaks or the term ends; false when there is no stream yet. */
export async function consumeSession(options: SessionOptions): Promise<boolean> {
  const reader = await logIdentity(options.context.database.system);
  const durable = await openDurable({ ...options.durable, reader });
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
    await workOff(options, inbox, durable);
  } finally {
    options.signal.removeEventListener('abort', wake);
    forgetConnection();
    await messages.close();
  }
  await leaveDurable(options.durable);
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

async function workOff(options: SessionOptions, inbox: Inbox, durable: Durable): Promise<void> {
  let sweepAt = 0;
  let lookAt = 0;
  let suspicious = durable.leftover && options.isSuspicious;
  const aggregates = new Set(options.durable.aggregates);
  const context: ConsumerContext = {
    ...options.context,
    pace: { shared: mostShared, guarded: false },
    sweepIn: (milliseconds) => (sweepAt = Math.min(sweepAt, Date.now() + milliseconds)),
  };
  const forget = options.onParkedChange(() => {
    sweepAt = 0;
    inbox.wake();
  });
  try {
    const watch = await watchLog(context);
    await watch.meet(durable.stream.log);
    await resume(context);
    while (!options.signal.aborted) {
      await failpoint('fetch');
      const messages = await inbox.take(batchSize, Math.min(sweepAt, lookAt) - Date.now());
      const { publisher, subscriptions } = context;
      const used = messages.filter(({ subject }) => aggregates.has(aggregateOf(subject) ?? ''));
      for (const [log, part] of byLog(used)) {
        await watch.meet(log);
        const received = part.map((each) => readFact(each.string(), each.seq, publisher, subscriptions));
        await handleBatch(context, received, suspicious);
      }
      await failpoint('ack');
      // Sent on the connection that comes next, an acknowledgement could meet another message of that number.
      inbox.throwIfFailed();
      messages.at(-1)?.ack();
      if (messages.length > 0) suspicious = false;
      if (Date.now() >= lookAt) {
        lookAt = Date.now() + lookMilliseconds;
        if (!(await isSameStream(options.durable, durable.stream))) throw new Error('the stream is another one now');
      }
      if (Date.now() >= sweepAt) {
        sweepAt = Date.now() + sweepMilliseconds;
        await sweep(context);
        await reportParked(context);
      }
      options.succeeded();
    }
  } finally {
    forget();
  }
}

/** Neighbours of the same life of the publisher's log: what is of another one may have to wait for a comparison. */
function byLog(messages: readonly JsMsg[]): [log: string, part: JsMsg[]][] {
  const parts: [string, JsMsg[]][] = [];
  for (const message of messages) {
    const log = message.headers?.get(logHeader) ?? '';
    const last = parts.at(-1);
    if (last?.[0] === log) last[1].push(message);
    else parts.push([log, [message]]);
  }
  return parts;
}

/** What an earlier session has left: attempts that are due come first, as they may show what has ended it. */
async function resume(context: ConsumerContext): Promise<void> {
  const { database, consumer, publisher } = context;
  await settle(context, await abandonedAggregates(database.system, consumer, publisher));
  await sweep(context);
}

async function sweep(context: ConsumerContext): Promise<void> {
  const { database, consumer, publisher } = context;
  // Asked first and counted from then: what becomes due while others are worked off is not passed over.
  const next = await nextDueIn(database.system, consumer, publisher);
  if (next !== null) context.sweepIn(Math.ceil(next));
  const due = await dueAggregates(database.system, consumer, publisher, sweepLimit);
  if (due.length === sweepLimit) context.sweepIn(0);
  await settle(context, due);
}

async function reportParked({ database, consumer, publisher, metrics }: ConsumerContext): Promise<void> {
  const parked = await countParked(database.system, consumer, publisher);
  for (const state of ['GAP', 'RETRYING', 'FAILED', 'WAITING', 'DROPPED']) {
    metrics.set('events_parked', { consumer, publisher, state }, parked.get(state) ?? 0);
  }
}
