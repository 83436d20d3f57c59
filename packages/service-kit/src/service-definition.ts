import type { AccessPolicy, SubjectOf } from '@steward/auth';
import type { AnyEntity, Migration, Tx } from '@steward/db';
import type { Handler } from '@steward/events';
import type { FilePurpose } from '@steward/files';
import type { Router } from 'express';

import type { AnyAggregate } from './aggregate.ts';
import type { Context, Loaders } from './context.ts';
import type { Labels } from './labels.ts';
import type { NotificationChannel } from './notification-channel.ts';
import type { Policy } from './policy.ts';
import type { OutsideTimer } from './outside-timers.ts';
import type { TimerCommand } from './timers.ts';
import type { WebhookParts } from './webhooks.ts';

/** Everything a service is made of, put together in its `service.ts`. */
export type ServiceDefinition = {
  /** The folder's name: `work-orders`. */
  name: string;
  /** The text of `schema.graphql`. */
  schema: string;
  resolvers: Record<string, unknown>;
  access: AccessPolicy;
  /** On what `own` and `community` are judged, by type; loads by `{ id }` where only that is known. */
  subjects: SubjectOf;
  aggregates: readonly AnyAggregate[];
  entities: readonly AnyEntity[];
  migrations: Migration[];
  handlers: Handler[];
  /**
   * Further readers, each with a name of its own that never changes: one that is added later reads from version 1, while
   * the others go on. For projections that need the past.
   */
  consumers?: readonly { name: string; handlers: readonly Handler[] }[];
  /** Commands by kind of timer. */
  timers: Record<string, TimerCommand>;
  /** Timers whose work leaves the database, by kind. */
  outside?: Record<string, OutsideTimer>;
  /** Routes that are called without an identity of ours; each proves by itself who calls. */
  webhooks?(parts: WebhookParts): Router;
  loaders(ctx: Context): Loaders;
  labels: Labels;
  policies: readonly Policy[];
  filePurposes: Record<string, FilePurpose>;
  /** The way out for SMS, mail and letters; unless given, files in OUTGOING_DIR. */
  channel?: NotificationChannel;
  /** A person's households at an instant, from the service's data or projection. */
  householdsOf(tx: Tx, personId: string, at: Date): Promise<string[]>;
  /** The time zones of communities by id, from the service's data or projection: texts tell times in them. */
  zonesOf(tx: Tx, communityIds: readonly string[]): Promise<Map<string, string>>;
};
