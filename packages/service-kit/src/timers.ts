import { newId } from '@steward/core';
import { rows, txScope, type Tx } from '@steward/db';

/** A timer that has come due, as its command receives it. */
export type DueTimer<P = Record<string, unknown>> = {
  id: string;
  kind: string;
  aggregateId: string | null;
  communityId: string | null;
  dueAt: Date;
  payload: P;
};

/** What runs when a timer of its kind is due; one transaction with the mark that it ran. */
export type TimerCommand = (tx: Tx, due: DueTimer<never>) => Promise<void>;

/** Sets a timer; it runs once at or after `dueAt`, in the same tenant, even when every process was down meanwhile. */
export async function schedule(
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
  const { tenantId } = txScope(tx);
  await rows(
    tx,
    `insert into timer (id, tenant_id, community_id, kind, aggregate_id, due_at, payload) values ($1, $2, $3, $4, $5, $6, $7)`,
    [id, tenantId, timer.communityId ?? null, timer.kind, timer.aggregateId ?? null, timer.dueAt, timer.payload ?? {}],
  );
  return id;
}

/** Sets a timer unless one of the kind is already waiting for the aggregate or community (recurring work). */
export async function scheduleUnlessWaiting(
  tx: Tx,
  timer: { kind: string; dueAt: Date; communityId: string; payload?: Record<string, unknown> },
): Promise<void> {
  const waiting = await rows(
    tx,
    `select 1 from timer where kind = $1 and community_id = $2 and state = 'WAITING' limit 1`,
    [timer.kind, timer.communityId],
  );
  if (waiting.length === 0) await schedule(tx, timer);
}

/** Takes back the waiting timers of an aggregate, all of them or one kind; `match` narrows by payload. */
export async function cancelScheduled(
  tx: Tx,
  aggregateId: string,
  kind: string,
  match: Record<string, unknown> = {},
): Promise<void> {
  await rows(
    tx,
    `update timer set state = 'CANCELLED' where aggregate_id = $1 and kind = $2 and state = 'WAITING' and payload @> $3`,
    [aggregateId, kind, match],
  );
}
