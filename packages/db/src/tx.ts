import type { Locale, RequestDeadline } from '@steward/core';
import type { EntityManager } from 'typeorm';

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

function dataOf(tx: Tx): Record<symbol, unknown> {
  const runner = tx.queryRunner;
  if (runner === undefined) throw new Error('a transaction is needed: use ctx.read or ctx.write');
  return runner.data as Record<symbol, unknown>;
}

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
  await tx.query('savepoint part');
  become({ [scopeKey]: outer[scopeKey] });
  try {
    await work();
    await runBeforeCommit(tx);
    const hooks = afterCommitHooks(tx);
    become(outer);
    afterCommitHooks(tx).push(...hooks);
  } catch (error) {
    become(outer);
    await tx.query('rollback to savepoint part');
    throw error;
  }
}

/** Raw SQL in the transaction; the shape of a row is the caller's promise. */
export async function rows<T>(tx: Tx, sql: string, params: unknown[] = []): Promise<T[]> {
  const answer: unknown = await tx.query(sql, params);
  // TypeORM answers UPDATE and DELETE with [rows, count], everything else with the rows.
  const [first, count] = answer as [unknown, unknown];
  return (Array.isArray(first) && typeof count === 'number' ? first : answer) as T[];
}
