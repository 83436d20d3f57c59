import type { Clock, Log } from '@steward/core';
import type { Database } from '@steward/db';
import type { NatsConnection } from '@nats-io/transport-node';

import type { Metrics } from '../metrics.ts';
import type { Subscriptions } from '../subscriptions.ts';

/** How boldly facts are put together in transactions, by what has happened lately. */
export type Pace = {
  /** Commands that share a transaction. */
  shared: number;
  /** Facts have failed: each is guarded by itself within its transaction, which costs more. */
  guarded: boolean;
};

/** Enough to save most commits, few enough to hold locks shortly. */
export const mostShared = 50;

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
  pace: Pace;
  /** Asks for the parked events to be looked at in so many milliseconds. */
  sweepIn(milliseconds: number): void;
};
