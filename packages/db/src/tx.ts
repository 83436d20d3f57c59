import type { Locale, RequestDeadline } from '@steward/core';
import type { EntityManager, QueryRunner } from 'typeorm';

import { sendOn, type Prepared } from './connection.ts';

/** A database transaction that runs as one tenant; the first argument of every database function and command. */
export type Tx = EntityManager;

/** Who acts, as history and events keep it; `sub` is the login, never a name. */
export type Actor = {
  kind: 'staff' | 'person' | 'system';
  id: string | null;
  sub: string;
  /** The first of the login's roles, for what facts say about who did it. */
  role?: string | undefined;
};

/** What a transaction knows besides its data. */
export type Scope = {
  tenantId: string;
  now: Date;
  actor: Actor;
  traceparent?: string | undefined;
  locale?: Locale | undefined;
  /** Until when somebody waits for what the transaction is for; nobody does for timers and reactions. */
  deadline?: RequestDeadline | undefined;
};

type Hook = (tx: Tx) => Promise<void>;

const scopeKey = Symbol('scope');
const beforeCommitKey = Symbol('beforeCommit');
const afterCommitKey = Symbol('afterCommit');
const dispatchedKey = Symbol('dispatched');

function runnerOf(tx: Tx): QueryRunner {
  const runner = tx.queryRunner;
  if (runner === undefined) throw new Error('a transaction is needed: use ctx.read or ctx.write');
  return runner;
}

const dataOf = (tx: Tx): Record<symbol, unknown> => runnerOf(tx).data as Record<symbol, unknown>;

export function setScope(tx: Tx, scope: Scope): void {
  dataOf(tx)[scopeKey] = scope;
}

/** Tenant, time and actor of the running transaction; throws outside `read` and `write`. */
export function txScope(tx: Tx): Scope {
  const scope = dataOf(tx)[scopeKey] as Scope | undefined;
  if (scope === undefined) throw new Error('a transaction of ctx.read or ctx.write is needed');
  return scope;
}

/** State that a package keeps for the length of one transaction, made on first use. */
export function txState<T>(tx: Tx, key: symbol, init: () => T): T {
  const data = dataOf(tx);
  if (!(key in data)) data[key] = init();
  return data[key] as T;
}

/** Runs `hook` inside the transaction after the command has returned, in the order of registration. */
export function beforeCommit(tx: Tx, hook: Hook): void {
  txState<Hook[]>(tx, beforeCommitKey, () => []).push(hook);
}

/** Runs `hook` once the transaction has committed; not at all when it rolled back. */
export function afterCommit(tx: Tx, hook: () => void): void {
  txState<(() => void)[]>(tx, afterCommitKey, () => []).push(hook);
}

export async function runBeforeCommit(tx: Tx): Promise<void> {
  const hooks = txState<Hook[]>(tx, beforeCommitKey, () => []);
  // A hook may register another one (a deadline that publishes), hence the index loop over a growing list.
  for (let index = 0; index < hooks.length; index += 1) await hooks[index]?.(tx);
}

export const afterCommitHooks = (tx: Tx): (() => void)[] => txState<(() => void)[]>(tx, afterCommitKey, () => []);

/**
 * A part of the transaction that may fail by itself: what it wrote is undone, and the transaction can go on. The part
 * has state of its own; its hooks of `beforeCommit` run at its end, those of `afterCommit` after the whole.
 */
export async function attemptPart(tx: Tx, work: () => Promise<void>): Promise<void> {
  const data = dataOf(tx);
  const outer = { ...data };
  const become = (state: Record<symbol, unknown>): void => {
    for (const key of Object.getOwnPropertySymbols(data)) delete data[key];
    Object.assign(data, state);
  };
  // It is not released: the next one hides it, which saves a round trip.
  dispatch(tx, 'savepoint part');
  become({ [scopeKey]: outer[scopeKey] });
  try {
    await work();
    await runBeforeCommit(tx);
    await requireDispatched(tx);
    const hooks = afterCommitHooks(tx);
    become(outer);
    afterCommitHooks(tx).push(...hooks);
  } catch (error) {
    const first = await firstCause(tx, error);
    become(outer);
    await rows(tx, 'rollback to savepoint part');
    throw first;
  }
}

/** Raw SQL in the transaction; the shape of a row is the caller's promise. */
export async function rows<T>(tx: Tx, sql: string | Prepared, params: unknown[] = []): Promise<T[]> {
  return (await sendOn(runnerOf(tx), sql, params)).rows;
}

type Failure = { error: unknown };

/**
 * Sends a statement whose answer nobody needs: the work goes on at once, and what is sent later is carried out after it.
 * Before the commit all of them are known to have succeeded; the first that failed fails the transaction, with the error
 * that `asRefusal` makes of it.
 */
export function dispatch(
  tx: Tx,
  sql: string | Prepared,
  params: unknown[] = [],
  asRefusal: (error: unknown) => unknown = (error) => error,
): void {
  const sent: Promise<Failure | null> = sendOn(runnerOf(tx), sql, params).then(
    () => null,
    (error: unknown) => ({ error: asRefusal(error) }),
  );
  txState<Promise<Failure | null>[]>(tx, dispatchedKey, () => []).push(sent);
}

async function firstFailure(tx: Tx): Promise<Failure | null> {
  const sent = txState<Promise<Failure | null>[]>(tx, dispatchedKey, () => []);
  for (const each of sent) {
    const failure = await each;
    if (failure !== null) return failure;
  }
  return null;
}

/** Throws the error of the first dispatched statement that failed. */
export async function requireDispatched(tx: Tx): Promise<void> {
  const failure = await firstFailure(tx);
  if (failure !== null) throw failure.error;
}

/** What went wrong first: every statement after a dispatched one that failed says no more than that one did. */
export async function firstCause(tx: Tx, error: unknown): Promise<unknown> {
  const failure = await firstFailure(tx);
  return failure === null ? error : failure.error;
}
