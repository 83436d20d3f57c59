import { DomainError, errorFacts, isOutage } from '@steward/core';
import { rows, type Tx } from '@steward/db';

import { runOutside } from './outside-timers.ts';
import { isRetryable } from './retryable.ts';
import { bindTx } from './running.ts';
import { attempts, pauseBefore, scopeOfTimer, type Claim, type TimerLoopOptions } from './timer-attempts.ts';
import type { DueTimer } from './timers.ts';

export type TimerLoop = {
  start(): void;
  stop(): Promise<void>;
  /** Runs everything that is due now; answers how many timers ran. */
  runDue(): Promise<number>;
  /** How many timers were given up; they wait for an operator. */
  failed(): Promise<number>;
  /** The earliest waiting timer not after `until`. */
  earliest(until: Date): Promise<Date | null>;
};

const batch = 100;

/** Marks a timer that failed: later again with a growing pause; FAILED with its reason, and counted, once that is no use. */
async function keepFailure({ database, log, clock }: TimerLoopOptions, claim: Claim, error: unknown): Promise<void> {
  const final = error instanceof DomainError;
  const reason = errorFacts(error).error;
  log.error({ timerId: claim.id, err: error }, 'a timer failed');
  await database.system.query(
    `update timer set attempts = attempts + 1, last_error = $2,
            state = case when $3 or attempts + 1 >= $4 then 'FAILED' else 'WAITING' end,
            retry_at = ${pauseBefore('$5')}
      where id = $1 and state = 'WAITING'`,
    [claim.id, reason, final, attempts, clock.now()],
  );
}

async function runOne(options: TimerLoopOptions, claim: Claim): Promise<boolean> {
  const { database, running, commands } = options;
  const { scope, viewer } = scopeOfTimer(options, claim);
  return database.write(scope, async (tx: Tx) => {
    const [due] = await rows<DueTimer<never>>(
      tx,
      `update timer set state = 'DONE', done_at = $2
        where id = (select id from timer where id = $1 and state = 'WAITING' for update skip locked)
        returning id, kind, aggregate_id as "aggregateId", community_id as "communityId", due_at as "dueAt", payload`,
      [claim.id, scope.now],
    );
    if (due === undefined) return false;
    const command = commands[due.kind];
    if (command === undefined) throw new DomainError('INTERNAL', 'TIMER_UNKNOWN', { params: { kind: due.kind } });
    bindTx(tx, running, { command: due.kind, viewer, authorized: true });
    await command(tx, due);
    return true;
  });
}

/** Due timers of all tenants in the order in which they fell due. */
async function dueClaims({ database, clock }: TimerLoopOptions): Promise<Claim[]> {
  const { rows: claims } = await database.system.query<Claim>(
    `select id, tenant_id as "tenantId", kind from timer
      where state = 'WAITING' and due_at <= $1 and (retry_at is null or retry_at <= $1)
      order by due_at, id limit ${batch}`,
    [clock.now()],
  );
  return claims;
}

/** Answers whether the timer is dealt with, run or marked as failed. */
async function carryOut(options: TimerLoopOptions, claim: Claim): Promise<boolean> {
  try {
    const outside = Object.hasOwn(options.outside, claim.kind) ? options.outside[claim.kind] : undefined;
    return await (outside === undefined ? runOne(options, claim) : runOutside(options, claim, outside));
  } catch (error) {
    // Nobody's fault and no attempt: an outage ends the sweep, a lost deadlock is run again in the next.
    if (isOutage(error)) throw error;
    if (isRetryable(error)) return false;
    await keepFailure(options, claim, error);
    return true;
  }
}

async function sweep(options: TimerLoopOptions, isStopped: () => boolean): Promise<number> {
  let ran = 0;
  for (;;) {
    const claims = await dueClaims(options);
    let progressed = 0;
    for (const claim of claims) {
      if (isStopped()) return ran;
      if (await carryOut(options, claim)) progressed += 1;
    }
    ran += progressed;
    // Nothing is due, or everything left is locked by another instance, which runs it.
    if (progressed === 0) return ran;
  }
}

async function failedTimers({ database }: TimerLoopOptions): Promise<number> {
  const counted = await database.system.query<{ count: number }>(`select count(*) from timer where state = 'FAILED'`);
  return counted.rows[0]?.count ?? 0;
}

async function earliestTimer({ database }: TimerLoopOptions, until: Date): Promise<Date | null> {
  const { rows: found } = await database.system.query<{ at: Date | null }>(
    `select min(greatest(due_at, retry_at)) as at from timer
      where state = 'WAITING' and due_at <= $1 and (retry_at is null or retry_at <= $1)`,
    [until],
  );
  return found[0]?.at ?? null;
}

/** Claims due timers of all tenants and runs each in its own transaction and tenant. */
export function createTimerLoop(options: TimerLoopOptions): TimerLoop {
  const { log, everyMs = 500 } = options;
  let stopped = false;
  let running: Promise<number> | null = null;
  let wake: NodeJS.Timeout | undefined;

  const runDue = async (): Promise<number> => {
    while (running !== null) await running.catch(() => undefined);
    running = sweep(options, () => stopped).finally(() => {
      running = null;
    });
    return running;
  };

  const tick = (): void => {
    if (stopped) return;
    runDue()
      .catch((error: unknown) => log.warn({ err: error }, 'timers could not be looked up'))
      .finally(() => {
        if (!stopped) wake = setTimeout(tick, everyMs);
      });
  };

  return {
    start: tick,
    runDue,
    stop: async () => {
      stopped = true;
      clearTimeout(wake);
      await running?.catch(() => undefined);
    },
    failed: () => failedTimers(options),
    earliest: (until) => earliestTimer(options, until),
  };
}
