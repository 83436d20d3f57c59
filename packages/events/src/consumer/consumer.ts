import { type Clock, errorFacts, type Log } from '@steward/core';
import type { Database } from '@steward/db';
import type { NatsConnection } from '@nats-io/transport-node';

import { allEvents } from '../catalog/index.ts';
import type { EventDefinition } from '../define-event.ts';
import { createLeadership, type Term } from '../leadership.ts';
import { noMetrics, type Metrics } from '../metrics.ts';
import { listParked, parkedChannel, type ParkedEvent } from '../parked.ts';
import { backoff, pause } from '../pause.ts';
import { createSubscriptions, type Handler, type Subscriptions } from '../subscriptions.ts';
import { isConnected } from '../wire.ts';
import { isCaughtUp, type DurableOptions } from './durable.ts';
import { hasInterrupted, hasRetrying } from './parked-rows.ts';
import { consumeSession } from './session.ts';

export type ConsumerOptions = {
  database: Database;
  nats: NatsConnection;
  service: string;
  /** The consumer's name where a service has several, each with its own positions; else the service's. */
  name?: string;
  prefix: string;
  handlers: readonly Handler[];
  clock: Clock;
  log: Log;
  metrics?: Metrics;
  /** Which kinds of facts exist; the platform's catalogue unless a test brings its own. */
  catalog?: readonly EventDefinition<unknown>[];
};

/** Lets facts of other services have their effect here: each once, in the order of its aggregate. */
export type Consumer = {
  start(): Promise<void>;
  /** Finishes the batch in hand. What is not acknowledged comes again. */
  stop(): Promise<void>;
  /** Whether nothing is to come, in hand or about to be retried; false while the broker does not answer. */
  quiet(): Promise<boolean>;
  parked(): Promise<ParkedEvent[]>;
};

const noStreamMilliseconds = 200;

type Running = {
  options: Required<Omit<ConsumerOptions, 'service' | 'handlers' | 'catalog'>>;
  subscriptions: Subscriptions;
  /** Publishers whose stream this process has read before. */
  seen: Set<string>;
};

export function createConsumer(given: ConsumerOptions): Consumer {
  const { handlers, catalog, ...rest } = given;
  const subscriptions = createSubscriptions(handlers, catalog ?? allEvents);
  const options = { metrics: noMetrics, ...rest, name: given.name ?? given.service };
  const { database, log, name } = options;
  const running: Running = { options, subscriptions, seen: new Set() };
  const leadership = createLeadership({
    database,
    key: `consumer:${name}`,
    channel: parkedChannel,
    log,
    lead: async (term) => {
      // Before anything is tried again: it tells what the last process was at.
      const isKnown = await hasInterrupted(database.system, name);
      await Promise.all(
        subscriptions.publishers.map((publisher) => consumeUntilEnd(running, publisher, term, !isKnown)),
      );
    },
  });
  return {
    start: async () => {
      if (handlers.length > 0) leadership.start();
    },
    stop: () => leadership.stop(),
    quiet: () => isQuiet(running),
    parked: () => listParked(database.system, { consumer: name }),
  };
}

function durableOptions({ options, subscriptions }: Running, publisher: string): DurableOptions {
  const { nats, prefix, name } = options;
  return { nats, prefix, publisher, consumer: name, aggregates: subscriptions.aggregatesOf(publisher) };
}

async function isQuiet(running: Running): Promise<boolean> {
  const { database, nats, name } = running.options;
  if (!isConnected(nats)) return false;
  const { publishers } = running.subscriptions;
  const caughtUp = await Promise.all(publishers.map((publisher) => isCaughtUp(durableOptions(running, publisher))));
  return caughtUp.every(Boolean) && !(await hasRetrying(database.system, name));
}

/** Sessions one after the other: each error ends one, and the next begins at what is not acknowledged. */
async function consumeUntilEnd(
  running: Running,
  publisher: string,
  term: Term,
  mayHaveCrashed: boolean,
): Promise<void> {
  const { database, nats, name, prefix, clock, log, metrics } = running.options;
  const { subscriptions, seen } = running;
  const context = { database, nats, consumer: name, publisher, prefix, subscriptions, clock, log, metrics };
  const durable = durableOptions(running, publisher);
  const onParkedChange = (listener: () => void): (() => void) => term.onNotify(listener);
  let failures = 0;
  while (!term.signal.aborted) {
    try {
      const isSuspicious = mayHaveCrashed && !seen.has(publisher);
      const succeeded = (): void => {
        seen.add(publisher);
        failures = 0;
      };
      const found =
        isConnected(nats) &&
        (await consumeSession({ context, durable, signal: term.signal, isSuspicious, onParkedChange, succeeded }));
      if (!found) await pause(noStreamMilliseconds, term.signal);
    } catch (error) {
      failures += 1;
      metrics.inc('events_consumer_failures_total', { consumer: name, publisher });
      log.warn({ consumer: name, publisher, ...errorFacts(error) }, 'the consumer starts over');
      await pause(backoff(failures, 50, 2_000), term.signal);
    }
  }
}
