import type { Viewer } from '@steward/auth';
import { failpoint } from '@steward/core';
import { beforeCommit, type Database, type Scope, type Tx } from '@steward/db';

import { once } from './idempotency.ts';
import { isRetryable } from './retryable.ts';
import { bindTx, type Invocation, type Running } from './running.ts';

/**
 * One mutation, one reaction or one timer: authorise, load with lock, decide, save, publish.
 * `repeats` says what a known idempotency key does: answer the first result for a week (absent) or for good, or run again
 * (reveals: each reading is judged and logged anew).
 */
export type Command<I, R> = ((tx: Tx, input: I) => Promise<R>) & { repeats?: 'forGood' | 'runAgain' };

type Invoker = { database: Database; running: Running; scope: Scope; viewer: Viewer };

const attempts = 3;

async function attempt<I, R>(invoker: Invoker, command: Command<I, R>, input: I): Promise<R> {
  await failpoint('begin');
  return invoker.database.write(invoker.scope, async (tx) => {
    const invocation: Invocation = { command: command.name, viewer: invoker.viewer, authorized: false };
    bindTx(tx, invoker.running, invocation);
    let ran = false;
    const work = async (): Promise<R> => {
      ran = true;
      await failpoint('business-write');
      return command(tx, input);
    };
    const { repeats } = command;
    const result = repeats === 'runAgain' ? await work() : await once(tx, command.name, input, work, repeats);
    if (ran && !invocation.authorized) throw new Error(`${command.name} never asked for authorisation`);
    beforeCommit(tx, () => failpoint('commit'));
    return result;
  });
}

/** Runs a mutation's command in one transaction; a deadlock is run again, nothing else is. */
export async function invoke<I, R>(invoker: Invoker, command: Command<I, R>, input: I): Promise<R> {
  for (let left = attempts; ; left -= 1) {
    try {
      const result = await attempt(invoker, command, input);
      await failpoint('reply');
      return result;
    } catch (error) {
      if (left <= 1 || !isRetryable(error)) throw error;
    }
  }
}
