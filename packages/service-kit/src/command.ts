import type { Viewer } from '@steward/auth';
import type { Database, Scope, Tx } from '@steward/db';

import { once } from './idempotency.ts';
import { bindTx, type Invocation, type Running } from './running.ts';

/** One mutation, one reaction or one timer: authorise, load with lock, decide, save, publish. */
export type Command<I, R> = (tx: Tx, input: I) => Promise<R>;

type Invoker = { database: Database; running: Running; scope: Scope; viewer: Viewer };

/** PostgreSQL's word for "run the transaction again": serialization failure, deadlock. */
const retryable = new Set(['40001', '40P01']);
const attempts = 3;

async function attempt<I, R>(invoker: Invoker, command: Command<I, R>, input: I): Promise<R> {
  return invoker.database.write(invoker.scope, async (tx) => {
    const invocation: Invocation = { command: command.name, viewer: invoker.viewer, authorized: false };
    bindTx(tx, invoker.running, invocation);
    let ran = false;
    const result = await once(tx, command.name, input, () => {
      ran = true;
      return command(tx, input);
    });
    if (ran && !invocation.authorized) throw new Error(`${command.name} never asked for authorisation`);
    return result;
  });
}

/** Runs a mutation's command in one transaction; a deadlock is run again, nothing else is. */
export async function invoke<I, R>(invoker: Invoker, command: Command<I, R>, input: I): Promise<R> {
  for (let left = attempts; ; left -= 1) {
    try {
      return await attempt(invoker, command, input);
    } catch (error) {
      const { code } = error as { code?: string };
      if (left <= 1 || code === undefined || !retryable.has(code)) throw error;
    }
  }
}
