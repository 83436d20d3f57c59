import { rowOf, type AccessRow, type Viewer } from '@steward/auth';
import { DomainError, type Locale, type Log, type RequestDeadline } from '@steward/core';
import type { Database, Scope, Tx } from '@steward/db';
import type DataLoader from 'dataloader';

import { invoke, type Command } from './command.ts';
import { forgetHistories } from './history-query.ts';
import { refusalText, type Labels } from './labels.ts';
import { notificationText, type NotificationFacts } from './notification-text.ts';
import { bindTx, type Running } from './running.ts';

/** Per-request loaders by name; a service declares its own and narrows the type. */
export type Loaders = Record<string, DataLoader<never, unknown>>;

/** What a resolver works with; nothing of it outlives the request. */
export type Context<L extends Loaders = Loaders> = {
  viewer: Viewer;
  now: Date;
  locale: Locale;
  log: Log;
  traceId: string;
  loaders: L;
  /** Name of a field, enum value or code in the request's language. */
  label(key: string): string;
  /** The text of a refusal in the request's language. */
  refusal(reason: string, params: Record<string, unknown>): string;
  /** The text of a notification in the request's language. */
  notificationText(facts: NotificationFacts): string;
  /** Whether a field of an aggregate has a row of its own in the access table, stricter than its type's. */
  isGuarded(aggregateType: string, field: string): boolean;
  /** The access row of `Type` or `Type.field`: its own, else its type's, else `nobody`. */
  accessTo(coordinate: string): AccessRow;
  /** A read-only transaction of the viewer's tenant. */
  read<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Runs a command in one transaction, once per idempotency key; clears the loaders. */
  command<I, R>(command: Command<I, R>, input: I): Promise<R>;
  /** Opens a sealed value of the viewer's tenant; access to it was judged before. */
  open(sealed: string): string;
  /** The viewer's households at `now`, read once per request. */
  ownHouseholds(): Promise<string[]>;
};

export type RequestFacts = {
  viewer: Viewer;
  now: Date;
  locale: Locale;
  log: Log;
  traceId: string;
  traceparent?: string | undefined;
  /** Until when the caller waits; absent where it did not say. */
  deadline?: RequestDeadline | undefined;
};

type Parts = { database: Database; running: Running; labels: Labels; loaders(ctx: Context): Loaders };

export function scopeOf(facts: RequestFacts): Scope {
  const { viewer } = facts;
  const actorId = viewer.staffId ?? viewer.personId ?? null;
  return {
    tenantId: viewer.tenantId,
    now: facts.now,
    actor: { kind: viewer.actor, id: actorId, sub: viewer.sub, role: viewer.roles[0] },
    traceparent: facts.traceparent,
    locale: facts.locale,
    deadline: facts.deadline,
  };
}

export function createContext(parts: Parts, facts: RequestFacts): Context {
  const { database, running, labels } = parts;
  const scope = scopeOf(facts);
  let households: Promise<string[]> | undefined;
  const ctx: Context = {
    ...facts,
    loaders: {},
    label: (key) => labels[facts.locale][key] ?? key,
    refusal: (reason, params) => refusalText(labels, facts.locale, reason, params),
    notificationText: (notification) => notificationText(labels, facts.locale, notification),
    isGuarded: (aggregateType, field) => {
      const type = running.aggregates.find((aggregate) => aggregate.type === aggregateType)?.graphqlType;
      return running.access[`${type}.${field}`] !== undefined;
    },
    accessTo: (coordinate) => {
      const [type = '', field = ''] = coordinate.split('.');
      return rowOf(running.access, type, field) ?? 'nobody';
    },
    read: (work) =>
      database.read(scope, (tx) => {
        bindTx(tx, running, { command: '', viewer: facts.viewer, authorized: true });
        return work(tx);
      }),
    command: async (command, input) => {
      const result = await invoke({ database, running, scope, viewer: facts.viewer }, command, input);
      for (const each of Object.values(ctx.loaders)) each.clearAll();
      forgetHistories(ctx);
      return result;
    },
    open: (sealed) => running.cipher.open(facts.viewer.tenantId, sealed),
    ownHouseholds: () => {
      const { personId } = facts.viewer;
      if (personId === undefined) return Promise.resolve([]);
      households ??= ctx.read((tx) => running.householdsOf(tx, personId, facts.now));
      return households;
    },
  };
  ctx.loaders = parts.loaders(ctx);
  return ctx;
}

/**
 * The communities a list is confined to, null for all of the tenant. A resident's lists are confined to their own
 * aggregates as well, which the query does by `ownHouseholds`.
 */
export function communityScope(viewer: Viewer, asked?: string | null): string[] | null {
  if (viewer.communityIds === 'all') return asked == null ? null : [asked];
  if (asked == null) return viewer.communityIds;
  if (!viewer.communityIds.includes(asked))
    throw new DomainError('NOT_FOUND', 'NOT_FOUND', { path: 'filter.communityId' });
  return [asked];
}
