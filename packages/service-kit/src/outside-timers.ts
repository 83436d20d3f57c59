import { DomainError, errorFacts } from '@steward/core';
import { rows, type Tx } from '@steward/db';

import { bindTx } from './running.ts';
import { attempts, pauseBefore, scopeOfTimer, type Claim, type TimerLoopOptions } from './timer-attempts.ts';
import type { DueTimer } from './timers.ts';

/** What is done without a transaction, and what is kept of it in one. It has a key by which its receiver knows a repetition. */
export type OutsideWork = { carryOut(): Promise<void>; keep(tx: Tx): Promise<void> };

/**
 * A timer whose work leaves the database: no transaction is open while it is done, so a slow or dead receiver holds no
 * connection and no lock. It is done at least once: again after a crash or a lost answer. Null: nothing is left to do.
 */
export type OutsideTimer = (tx: Tx, due: DueTimer<never>) => Promise<OutsideWork | null>;

/**
 * Counts the attempt before it is made and puts the next one off: a process that dies over it leaves a timer that comes
 * again, though not for ever, and of several instances one does the work.
 */
const claimed = `
  update timer set attempts = attempts + 1, retry_at = ${pauseBefore('$2')},
         state = case when attempts >= $3 then 'FAILED' else state end,
         last_error = case when attempts >= $3 then coalesce(last_error, 'CRASHED') else last_error end
   where id = (select id from timer where id = $1 and state = 'WAITING' and (retry_at is null or retry_at <= $2)
                  for update skip locked)
  returning id, kind, aggregate_id as "aggregateId", community_id as "communityId", due_at as "dueAt", payload, state`;

export async function runOutside(options: TimerLoopOptions, claim: Claim, timer: OutsideTimer): Promise<boolean> {
  const { database, running } = options;
  const { scope, viewer } = scopeOfTimer(options, claim);
  const inTransaction = <R>(work: (tx: Tx) => Promise<R>): Promise<R> =>
    database.write(scope, (tx) => {
      bindTx(tx, running, { command: claim.kind, viewer, authorized: true });
      return work(tx);
    });
  const taken = await inTransaction(async (tx) => {
    const [due] = await rows<DueTimer<never> & { state: string }>(tx, claimed, [claim.id, scope.now, attempts]);
    if (due === undefined || due.state === 'FAILED') return { isTaken: due !== undefined, work: null };
    return { isTaken: true, work: await timer(tx, due) };
  });
  if (!taken.isTaken) return false;
  try {
    await taken.work?.carryOut();
  } catch (error) {
    await keepOutsideFailure(options, claim, error);
    return true;
  }
  await inTransaction(async (tx) => {
    const done = `update timer set state = 'DONE', done_at = $2 where id = $1 and state = 'WAITING'`;
    await rows(tx, done, [claim.id, scope.now]);
    await taken.work?.keep(tx);
  });
  return true;
}

/** The attempt was counted when it began; whatever the receiver's trouble was, an outage too, it is one. */
async function keepOutsideFailure({ database, log }: TimerLoopOptions, claim: Claim, error: unknown): Promise<void> {
  log.error({ timerId: claim.id, err: error }, 'a timer failed');
  await database.system.query(
    `update timer set last_error = $2, state = case when $3 or attempts >= $4 then 'FAILED' else 'WAITING' end
      where id = $1 and state = 'WAITING'`,
    [claim.id, errorFacts(error).error, error instanceof DomainError, attempts],
  );
}
