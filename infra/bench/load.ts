import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import type { LoadOrder, LoadResult } from './load-messages.ts';

export type RunningLoad = { result: Promise<LoadResult>; stop(): Promise<LoadResult> };

const program = fileURLToPath(new URL('./load-process.ts', import.meta.url));

/** Starts clients in a process of their own. */
export function startLoad(order: LoadOrder): RunningLoad {
  const child = fork(program, { execArgv: ['--disable-warning=ExperimentalWarning'] });
  child.send(order);
  const result = Promise.race([
    once(child, 'message').then(([message]) => message as LoadResult),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`the clients ended with ${code}`))),
  ]);
  // Only who waits for it needs to know.
  result.catch(() => undefined);
  const stop = (): Promise<LoadResult> => {
    if (child.connected) child.send('stop');
    return result;
  };
  return { result, stop };
}
