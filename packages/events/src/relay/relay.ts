import { errorFacts, type Log } from '@steward/core';
import type { Database } from '@steward/db';
import type { NatsConnection, Subscription } from '@nats-io/transport-node';

import { createLeadership, type Term } from '../leadership.ts';
import { count, noMetrics, type Metrics } from '../metrics.ts';
import { outboxChannel } from '../outbox/outbox-channel.ts';
import { backoff, pause, Wake } from '../pause.ts';
import type { StreamState } from '../stream.ts';
import { isConnected, onConnectionChange } from '../wire.ts';
import { answerReconcileRequests } from './answer-reconcile.ts';
import { countUnsent, hasUnsent, makePartitions, markSent, unsentEvents, type UnsentEvent } from './delivery-rows.ts';
import { openStream } from './open-stream.ts';
import { publishBatch } from './publish-batch.ts';

export type RelayOptions = {
  database: Database;
  nats: NatsConnection;
  /** The publisher whose outbox this is. */
  service: string;
  /** The first word of subjects and stream names: `steward`, or a test's own. */
  prefix: string;
  log: Log;
  metrics?: Metrics;
};

/** Carries a service's outbox to its stream: everything, in order, and of several instances one at a time. */
export type Relay = {
  start(): Promise<void>;
  /** Finishes the batch in hand. What is unsent stays in the outbox. */
  stop(): Promise<void>;
  /** Whether every committed event is in the stream. */
  quiet(): Promise<boolean>;
};

const batchSize = 500;
/** For a NOTIFY that was lost with its connection. */
const pollMilliseconds = 1_000;
/** How often an idle relay looks whether the stream still holds what it was given. */
const inspectMilliseconds = 10_000;

type RelayContext = Required<RelayOptions>;

export function createRelay(options: RelayOptions): Relay {
  const context: RelayContext = { metrics: noMetrics, ...options };
  const { database, log, service } = context;
  let answering: Subscription | null = null;
  const leadership = createLeadership({
    database,
    key: `relay:${service}`,
    channel: outboxChannel,
    log,
    lead: (term) => relayUntilEnd(context, term),
  });
  return {
    start: async () => {
      answering = answerReconcileRequests(context);
      leadership.start();
    },
    stop: async () => {
      answering?.unsubscribe();
      await leadership.stop();
    },
    quiet: async () => !(await hasUnsent(database.system)),
  };
}

/** Sessions one after the other: each error ends one, and the next begins by looking at what the stream has. */
async function relayUntilEnd(context: RelayContext, { signal, onNotify }: Term): Promise<void> {
  const { nats, service, log, metrics } = context;
  const wake = new Wake();
  onNotify(() => wake.notify());
  signal.addEventListener('abort', () => wake.notify());
  const forget = onConnectionChange(nats, () => wake.notify());
  let failures = 0;
  while (!signal.aborted) {
    if (!isConnected(nats)) {
      await wake.wait(pollMilliseconds);
      continue;
    }
    try {
      await relaySession(context, wake, signal, () => (failures = 0));
    } catch (error) {
      failures += 1;
      metrics.inc('events_relay_failures_total', { publisher: service });
      log.warn({ publisher: service, ...errorFacts(error) }, 'the relay starts over');
      await pause(backoff(failures, 50, 2_000), signal);
    }
  }
  forget();
}

async function relaySession(
  context: RelayContext,
  wake: Wake,
  signal: AbortSignal,
  succeeded: () => void,
): Promise<void> {
  const pool = context.database.system;
  await makePartitions(pool);
  let stream = await inspect(context);
  let inspectAt = Date.now() + inspectMilliseconds;
  while (!signal.aborted) {
    const batch = await unsentEvents(pool, batchSize);
    if (batch.length > 0) {
      stream = await sendBatch(context, stream, batch);
      succeeded();
      continue;
    }
    await wake.wait(pollMilliseconds);
    if (!isConnected(context.nats)) throw new Error('the broker has gone');
    if (Date.now() < inspectAt) continue;
    stream = await inspect(context);
    inspectAt = Date.now() + inspectMilliseconds;
  }
}

async function inspect(context: RelayContext): Promise<StreamState> {
  const { database, nats, prefix, service, log, metrics } = context;
  const { requeued, ...stream } = await openStream({ pool: database.system, nats, prefix, publisher: service, log });
  count(metrics, 'events_requeued_total', { publisher: service }, requeued);
  metrics.set('events_unsent', { publisher: service }, await countUnsent(database.system));
  return stream;
}

async function sendBatch(
  context: RelayContext,
  stream: StreamState,
  batch: readonly UnsentEvent[],
): Promise<StreamState> {
  const { database, nats, prefix, service, metrics } = context;
  const { placed, failure } = await publishBatch(nats, prefix, service, stream, batch);
  await markSent(database.system, stream.identity, placed);
  count(metrics, 'events_published_total', { publisher: service }, placed.length);
  if (failure !== null) throw failure;
  return { ...stream, lastSeq: stream.lastSeq + placed.length };
}
