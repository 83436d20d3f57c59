import type { Clock, Log } from '@steward/core';
import type { Database } from '@steward/db';
import type { NatsConnection } from '@nats-io/transport-node';

import type { Metrics } from '../metrics.ts';
import type { Subscriptions } from '../subscriptions.ts';

/** What the parts of one consumer share while it reads one publisher's stream. */
export type ConsumerContext = {
  database: Database;
  nats: NatsConnection;
  /** The consumer's name: of its positions, its parked events and its durable. */
  consumer: string;
  publisher: string;
  prefix: string;
  subscriptions: Subscriptions;
  clock: Clock;
  log: Log;
  metrics: Metrics;
  /** Asks for the parked events to be looked at in so many milliseconds. */
  sweepIn(milliseconds: number): void;
};
