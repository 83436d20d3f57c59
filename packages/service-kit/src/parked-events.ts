import type { AccessPolicy } from '@steward/auth';
import { DomainError } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import {
  countOfParked,
  dropParkedOf,
  lockParkedOf,
  pageOfParked,
  parkedOf,
  retryParkedOf,
  type ParkedEventWithEnvelope,
  type ParkedState,
} from '@steward/events';

import { authorize } from './authorize.ts';
import type { Command } from './command.ts';
import { decodeCursor, encodeCursor, pageSize, toConnection, type Connection, type PageArgs } from './connection.ts';
import type { Context } from './context.ts';

type Filter = { state?: ParkedState[] | null; publisher?: string | null; reason?: string | null };
type ListArgs = PageArgs & { filter?: Filter | null };
type RetryInput = { parkedEventIds: string[]; idempotencyKey?: string | null };
type DropInput = { parkedEventId: string; reason: string; idempotencyKey?: string | null };

const atOnce = { min: 1, max: 200 };

/** The tenant's parked events of this service, newest first. */
async function list(ctx: Context, args: ListArgs): Promise<Connection<ParkedEventWithEnvelope>> {
  const { state, publisher, reason } = args.filter ?? {};
  const filter = { states: state ?? undefined, publisher: publisher ?? undefined, reason: reason ?? undefined };
  const before = args.after == null ? null : decodeCursor(args.after)[1];
  const found = await ctx.read((tx) => pageOfParked(tx, filter, before, pageSize(args) + 1));
  const cursorOf = ({ parkedAt, id }: ParkedEventWithEnvelope): string => encodeCursor(parkedAt, id);
  return toConnection(found, args, cursorOf, () => ctx.read((tx) => countOfParked(tx, filter)));
}

async function lockAll(tx: Tx, ids: readonly string[], path: (index: number) => string): Promise<void> {
  const found = new Set(await lockParkedOf(tx, ids));
  const missing = ids.findIndex((id) => !found.has(id.toLowerCase()));
  if (missing >= 0) throw new DomainError('NOT_FOUND', 'NOT_FOUND', { path: path(missing) });
}

/** All of them are tried again, or none. */
async function retry(tx: Tx, { parkedEventIds }: RetryInput): Promise<string[]> {
  await authorize(tx, {});
  const ids = [...new Set(parkedEventIds)];
  if (ids.length < atOnce.min || ids.length > atOnce.max) {
    throw new DomainError('BAD_USER_INPUT', 'PARKED_EVENTS_NUMBER', { path: 'input.parkedEventIds', params: atOnce });
  }
  await lockAll(tx, ids, (index) => `input.parkedEventIds.${index}`);
  const retried = new Set(await retryParkedOf(tx, ids));
  const refused = ids.findIndex((id) => !retried.has(id.toLowerCase()));
  if (refused < 0) return ids;
  throw new DomainError('CONFLICT', 'PARKED_EVENT_SETTLED', { path: `input.parkedEventIds.${refused}` });
}

async function drop(tx: Tx, { parkedEventId, reason }: DropInput): Promise<string[]> {
  await authorize(tx, {});
  const why = reason.trim();
  if (why.length < 2) throw new DomainError('BAD_USER_INPUT', 'REASON_REQUIRED', { path: 'input.reason' });
  await lockAll(tx, [parkedEventId], () => 'input.parkedEventId');
  if (await dropParkedOf(tx, parkedEventId, why, txScope(tx).actor.sub)) return [parkedEventId];
  throw new DomainError('CONFLICT', 'PARKED_EVENT_SETTLED', { path: 'input.parkedEventId' });
}

/** Commands are known by their name: of their row in the access table, and of their idempotency keys. */
const named = <I, R>(name: string, command: Command<I, R>): Command<I, R> =>
  Object.defineProperty((tx: Tx, input: I) => command(tx, input), 'name', { value: name });

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/**
 * What operators see of the events a service could not take, and what they decide. The noun makes the root names unique:
 * with `workOrder`, `workOrderParkedEvents`, `retryWorkOrderParkedEvents` and `dropWorkOrderParkedEvent`.
 */
export function parkedEventResolvers(noun: string) {
  const [retryName, dropName] = [`retry${capital(noun)}ParkedEvents`, `drop${capital(noun)}ParkedEvent`];
  const [retryCommand, dropCommand] = [named(retryName, retry), named(dropName, drop)];
  const nowOf = (ctx: Context, ids: readonly string[]) => ctx.read((tx) => parkedOf(tx, ids));
  return {
    Query: { [`${noun}ParkedEvents`]: (_parent: unknown, args: ListArgs, ctx: Context) => list(ctx, args) },
    Mutation: {
      [retryName]: async (_parent: unknown, { input }: { input: RetryInput }, ctx: Context) => ({
        parkedEvents: await nowOf(ctx, await ctx.command(retryCommand, input)),
      }),
      [dropName]: async (_parent: unknown, { input }: { input: DropInput }, ctx: Context) => ({
        parkedEvent: (await nowOf(ctx, await ctx.command(dropCommand, input)))[0] ?? null,
      }),
    },
  };
}

/** Operators alone, for the whole of their company. */
export function parkedEventAccess(noun: string): AccessPolicy {
  const name = capital(noun);
  const operators = [{ roles: ['operator'], relation: 'tenant' }] as const;
  return {
    [`Query.${noun}ParkedEvents`]: operators,
    [`Mutation.retry${name}ParkedEvents`]: operators,
    [`Mutation.drop${name}ParkedEvent`]: operators,
    [`Retry${name}ParkedEventsPayload`]: 'inherit',
    [`Drop${name}ParkedEventPayload`]: 'inherit',
  };
}
