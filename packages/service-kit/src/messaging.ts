import { setTimeout as pause } from 'node:timers/promises';

import { errorFacts, type Clock, type Log } from '@steward/core';
import type { Database } from '@steward/db';
import {
  connectNats,
  createConsumer,
  createRelay,
  isConnected,
  type Consumer,
  type Handler,
  type NatsConnection,
  type Relay,
} from '@steward/events';

import type { Metrics } from './metrics.ts';

/**
 * What carries facts to and from the service. It begins when the broker answers for the first time, whenever that is: until
 * then the service answers queries and takes commands, whose facts wait in the outbox.
 */
export type Messaging = {
  start(): void;
  stop(): Promise<void>;
  /** Nothing to send and nothing to come; false while the broker does not answer. */
  quiet(): Promise<boolean>;
  isConnected(): boolean;
};

export type MessagingOptions = {
  database: Database;
  url: string;
  prefix: string;
  service: string;
  /** Each reads for itself, with positions of its own; the service's main one has no name. */
  consumers: readonly { name?: string; handlers: readonly Handler[] }[];
  clock: Clock;
  log: Log;
  metrics: Metrics;
};

const retryMilliseconds = 500;

type Carriers = { nats: NatsConnection; relay: Relay; consumers: Consumer[] };

async function carry(options: MessagingOptions): Promise<Carriers> {
  const { database, url, service, prefix, log, metrics, clock } = options;
  const nats = await connectNats(url, { name: `steward-${service}` });
  const wire = { database, nats, service, prefix, log, metrics };
  const relay = createRelay(wire);
  const consumers = options.consumers.map(({ name, handlers }) =>
    createConsumer({ ...wire, clock, handlers, ...(name === undefined ? {} : { name: `${service}-${name}` }) }),
  );
  try {
    await relay.start();
    for (const consumer of consumers) await consumer.start();
  } catch (error) {
    // The connection went while they began: the next attempt has one of its own.
    await Promise.all([relay.stop(), ...consumers.map((consumer) => consumer.stop()), nats.close()]);
    throw error;
  }
  return { nats, relay, consumers };
}

/** Null when the service stops before the broker answers. Once it has, the library keeps the connection. */
async function carryOnceThere(options: MessagingOptions, signal: AbortSignal): Promise<Carriers | null> {
  const { log } = options;
  for (let failures = 0; !signal.aborted; failures += 1) {
    try {
      const carriers = await carry(options);
      if (failures > 0) log.info({ failures }, 'the broker answers');
      return carriers;
    } catch (error) {
      if (failures === 0) log.warn(errorFacts(error), 'the broker does not answer; facts wait in the outbox');
      await pause(retryMilliseconds, undefined, { signal }).catch(() => undefined);
    }
  }
  return null;
}

export function createMessaging(options: MessagingOptions): Messaging {
  const stopping = new AbortController();
  let carriers: Carriers | null = null;
  let beginning = Promise.resolve();
  const begin = async (): Promise<void> => {
    carriers = await carryOnceThere(options, stopping.signal);
  };
  return {
    start: () => {
      beginning = begin();
    },
    stop: async () => {
      stopping.abort();
      await beginning;
      // What makes facts, then what carries them.
      await Promise.all((carriers?.consumers ?? []).map((consumer) => consumer.stop()));
      await carriers?.relay.stop();
      await carriers?.nats.close();
    },
    // The relay first: what it still has to send would only then reach the consumers.
    quiet: async () => {
      if (carriers === null || !(await carriers.relay.quiet())) return false;
      return (await Promise.all(carriers.consumers.map((consumer) => consumer.quiet()))).every(Boolean);
    },
    isConnected: () => carriers !== null && isConnected(carriers.nats),
  };
}
