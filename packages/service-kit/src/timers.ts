import { newId } from '@steward/core';
import { rows, txScope, type Tx } from '@steward/db';

import { flushRows, insertLater } from './pending-rows.ts';

/** A timer that has come due, as its command receives it. */
export type DueTimer<P = Record<string, unknown>> = {
  id: string;
  kind: string;
  aggregateId: string | null;
  communityId: string | null;
  dueAt: Date;
  payload: P;
};

/**
 * What runs when a timer of its kind is due; one transaction with the mark that it ran. It locks its aggregate and judges
 * again whether there is still something to do: the state may have changed since the timer was set.
 */
export type TimerCommand = (tx: Tx, due: DueTimer<never>) => Promise<void>;

/** Sets a timer; it runs once at or after `dueAt`, in the same tenant, even when every process was down meanwhile. */
export function schedule(
  tx: Tx,
  timer: {
    kind: string;
    dueAt: Date;
    aggregateId?: string | null;
    communityId?: string | null;
    payload?: Record<string, unknown>;
  },
): Promise<string> {
  const id = newId();
  insertLater(tx, 'timer', {
    id,
    tenant_id: txScope(tx).tenantId,
    community_id: timer.communityId ?? null,
    kind: timer.kind,
    aggregate_id: timer.aggregateId ?? null,
    due_at: timer.dueAt,
    payload: timer.payload ?? {},
    state: 'WAITING',
    attempts: 0,
  });
  return Promise.resolve(id);
}

/** Sets a timer unless one of the kind is already waiting for the aggregate or community (recurring work). */
export async function scheduleUnlessWaiting(
  tx: Tx,
  timer: { kind: string; dueAt: Date; communityId: string; payload?: Record<string, unknown> },
): Promise<void> {
  await flushRows(tx);
  // Two that ask at once must not both find nothing.
  await rows(tx, 'select pg_advisory_xact_lock(hashtextextended($1, 0))', [`timer/${timer.kind}/${timer.communityId}`]);
  const waiting = await rows(
    tx,
    `select 1 from timer where kind = $1 and community_id = $2 and state = 'WAITING' limit 1`,
    [timer.kind, timer.communityId],
  );
  if (waiting.length === 0) await schedule(tx, timer);
}

/** Takes back the waiting timers of an aggregate, all of them or one kind; `match` narrows by payload. */
export const cancelScheduled = (
  tx: Tx,
  aggregateId: string,
  kind: string,
  match: Record<string, unknown> = {},
): Promise<void> => cancelAllScheduled(tx, [aggregateId], kind, [match]);

/** The same for several aggregates in one statement; a timer is taken back whose payload fits any of `matches`. */
export async function cancelAllScheduled(
  tx: Tx,
  aggregateIds: readonly string[],
  kind: string,
  matches: readonly Record<string, unknown>[],
): Promise<void> {
  await flushRows(tx);
  // A timer that is about to run holds its row and waits for the aggregate: it is skipped, not waited for. What it finds
  // then is the state this transaction leaves, so every timer command reads it anew after its lock.
  await rows(
    tx,
    `update timer set state = 'CANCELLED' where id in (
       select id from timer
        where aggregate_id = any($1::uuid[]) and kind = $2 and state = 'WAITING' and payload @> any($3::jsonb[])
          for update skip locked)`,
    [aggregateIds, kind, matches.map((match) => JSON.stringify(match))],
  );
}
