import { errorFacts, failpoint, type Log } from '@steward/core';
import type { Database } from '@steward/db';
import type { NatsConnection, Subscription } from '@nats-io/transport-node';

import { createLeadership, type Term } from '../leadership.ts';
import { answerAudits } from '../log/answer-audit.ts';
import { logIdentity } from '../log/log-identity.ts';
import { settleLog } from '../log/settle-log.ts';
import { count, noMetrics, type Metrics } from '../metrics.ts';
import { outboxChannel } from '../outbox/outbox-channel.ts';
import { backoff, pause, Wake } from '../pause.ts';
import type { StreamState } from '../stream.ts';
import { isConnected, onConnectionChange } from '../wire.ts';
import { answerReconcileRequests } from './answer-reconcile.ts';
import { countUnsent, hasUnsent, makePartitions, unsentEvents, type UnsentEvent } from './delivery-rows.ts';
import { Marks } from './marks.ts';
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
  /** How often it looks whether the stream still holds what it was given; every five seconds unless told. */
  lookEveryMilliseconds?: number;
};

/** Carries a service's outbox to its stream: everything, in order, and of several instances one at a time. */
export type Relay = {
  start(): Promise<void>;
  /** Finishes the batch in hand. What is unsent stays in the outbox. */
  stop(): Promise<void>;
  /** Whether every committed event is in the stream. */
  quiet(): Promise<boolean>;
};

/** Events in flight to the broker; those before them are marked meanwhile. */
const windowSize = 500;
const batchSize = 4 * windowSize;
/** For a NOTIFY that was lost with its connection. */
const pollMilliseconds = 1_000;
const inspectMilliseconds = 5_000;
/** From one reading of a small batch to the next at least: what is committed meanwhile goes together. */
const gatherMilliseconds = 5;

type RelayContext = Required<RelayOptions>;

export function createRelay(options: RelayOptions): Relay {
  const context: RelayContext = { metrics: noMetrics, lookEveryMilliseconds: inspectMilliseconds, ...options };
  const { database, log, service } = context;
  let answering: Subscription[] = [];
  const leadership = createLeadership({
    database,
    key: `relay:${service}`,
    channel: outboxChannel,
    log,
    lead: (term) => relayUntilEnd(context, term),
  });
  return {
    start: async () => {
      // Before any command writes: what is in the log now is of the life before, should another have begun.
      await logIdentity(database.system);
      answering = [answerReconcileRequests(context), answerAudits(context)];
      leadership.start();
    },
    stop: async () => {
      for (const each of answering) each.unsubscribe();
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
  let breaks = 0;
  const forget = onConnectionChange(nats, () => {
    breaks += 1;
    wake.notify();
  });
  let failures = 0;
  while (!signal.aborted) {
    if (!isConnected(nats)) {
      await wake.wait(pollMilliseconds);
      continue;
    }
    try {
      const before = breaks;
      const session = { wake, signal, hasBroken: () => breaks !== before, succeeded: () => (failures = 0) };
      await relaySession(context, session);
    } catch (error) {
      failures += 1;
      metrics.inc('events_relay_failures_total', { publisher: service });
      log.warn({ publisher: service, ...errorFacts(error) }, 'the relay starts over');
      await pause(backoff(failures, 50, 2_000), signal);
    }
  }
  forget();
}

type RelaySession = {
  wake: Wake;
  signal: AbortSignal;
  /** Whether the connection has gone since the session began, be it back again: the broker may be another one. */
  hasBroken(): boolean;
  succeeded(): void;
};

async function relaySession(
  context: RelayContext,
  { wake, signal, hasBroken, succeeded }: RelaySession,
): Promise<void> {
  const pool = context.database.system;
  await makePartitions(pool);
  let stream = await inspect(context, null);
  let inspectAt = Date.now() + context.lookEveryMilliseconds;
  const marks = new Marks(pool, stream.identity);
  try {
    while (!signal.aborted) {
      if (hasBroken()) throw new Error('the broker has gone');
      if (Date.now() >= inspectAt) {
        await marks.written();
        stream = await inspect(context, stream);
        marks.stream = stream.identity;
        inspectAt = Date.now() + context.lookEveryMilliseconds;
      }
      await failpoint('lock-rows');
      const gathered = pause(gatherMilliseconds, signal);
      await marks.written();
      const batch = await unsentEvents(pool, batchSize);
      if (batch.length > 0) {
        stream = await sendBatch(context, stream, batch, marks);
        succeeded();
      }
      // A commit that this reading has not seen notifies after it: with a part of a batch there is nothing to look for.
      if (batch.length < batchSize) await wake.wait(pollMilliseconds);
      if (batch.length < windowSize) await gathered;
    }
  } finally {
    await marks.written();
  }
}

async function inspect(context: RelayContext, last: StreamState | null): Promise<StreamState> {
  const { database, nats, prefix, service, log, metrics } = context;
  const options = { pool: database.system, nats, prefix, publisher: service, log };
  const { identity, lost } = await settleLog(options);
  count(metrics, 'events_lost_total', { publisher: service }, lost);
  const { requeued, ...stream } = await openStream(options, last);
  if (stream.log !== identity) throw new Error('the stream was made again just now');
  count(metrics, 'events_requeued_total', { publisher: service }, requeued);
  metrics.set('events_unsent', { publisher: service }, await countUnsent(database.system));
  return stream;
}

async function sendBatch(
  context: RelayContext,
  stream: StreamState,
  batch: readonly UnsentEvent[],
  marks: Marks,
): Promise<StreamState> {
  const { nats, prefix, service, metrics } = context;
  let state = stream;
  for (let at = 0; at < batch.length; at += windowSize) {
    await failpoint('publish');
    const window = batch.slice(at, at + windowSize);
    const { placed, failure } = await publishBatch(nats, prefix, service, state, window);
    await marks.written();
    await failpoint('mark-sent');
    marks.write(placed);
    count(metrics, 'events_published_total', { publisher: service }, placed.length);
    if (failure !== null) throw failure;
    const [lastSeq, messages] = [state.lastSeq + placed.length, state.messages + placed.length];
    state = { ...state, lastSeq, messages };
  }
  return state;
}
