import { rows, type Tx } from '@steward/db';

import { flushRows } from './pending-rows.ts';
import type { Recipient } from './notifications.ts';

/** Who is told when a share of the time has passed: 1 is the breach itself, 2 twice the time. */
export type Escalation = { afterShare: number; to: Recipient };

export type DeadlineRow = {
  id: string;
  aggregateType: string;
  aggregateId: string;
  communityId: string | null;
  kind: string;
  rule: string;
  startedAt: Date;
  dueAt: Date;
  warnAt: Date | null;
  warnedAt: Date | null;
  pausedAt: Date | null;
  pausedForMs: number;
  state: 'RUNNING' | 'PAUSED' | 'MET' | 'BREACHED' | 'CANCELLED';
  breachedAt: Date | null;
  /** The highest share whose holders were told; 0 before the breach. */
  escalatedShare: number;
  metAt: Date | null;
  /** When it was met or cancelled: nothing more happens to it. */
  endedAt: Date | null;
  warnTo: Recipient | null;
  escalations: readonly Escalation[];
};

export const deadlineColumns = `id, aggregate_type as "aggregateType", aggregate_id as "aggregateId",
  community_id as "communityId", kind, rule, started_at as "startedAt", due_at as "dueAt", warn_at as "warnAt",
  warned_at as "warnedAt", paused_at as "pausedAt", paused_for_ms as "pausedForMs", state, breached_at as "breachedAt",
  escalated_share::float8 as "escalatedShare", met_at as "metAt", ended_at as "endedAt", warn_to as "warnTo", escalations`;

/** The clocks of an aggregate that have not ended, of one kind or all, locked. */
export const openDeadlines = (tx: Tx, aggregateId: string, kind?: string): Promise<DeadlineRow[]> =>
  openDeadlinesOf(tx, [aggregateId], kind);

/** The same of several aggregates, in one statement. */
export async function openDeadlinesOf(tx: Tx, aggregateIds: readonly string[], kind?: string): Promise<DeadlineRow[]> {
  await flushRows(tx);
  return rows<DeadlineRow>(
    tx,
    `select ${deadlineColumns} from deadline
      where aggregate_id = any($1::uuid[]) and ($2::text is null or kind = $2) and ended_at is null
      order by started_at, id for update`,
    [aggregateIds, kind ?? null],
  );
}

export async function deadlineById(tx: Tx, id: string): Promise<DeadlineRow | null> {
  const [found] = await rows<DeadlineRow>(tx, `select ${deadlineColumns} from deadline where id = $1`, [id]);
  return found ?? null;
}

/** Writes what a step changed. */
export const saveDeadline = (tx: Tx, deadline: DeadlineRow): Promise<void> => saveDeadlines(tx, [deadline]);

/** The same for several clocks, in one statement. */
export async function saveDeadlines(tx: Tx, deadlines: readonly DeadlineRow[]): Promise<void> {
  if (deadlines.length === 0) return;
  await rows(
    tx,
    `update deadline d
        set state = v.state, due_at = v."dueAt", warn_at = v."warnAt", warned_at = v."warnedAt",
            paused_at = v."pausedAt", paused_for_ms = v."pausedForMs", breached_at = v."breachedAt",
            escalated_share = v."escalatedShare", met_at = v."metAt", ended_at = v."endedAt"
       from jsonb_to_recordset($1::jsonb) as v(id uuid, state text, "dueAt" timestamptz, "warnAt" timestamptz,
              "warnedAt" timestamptz, "pausedAt" timestamptz, "pausedForMs" bigint, "breachedAt" timestamptz,
              "escalatedShare" numeric, "metAt" timestamptz, "endedAt" timestamptz)
      where d.id = v.id`,
    [JSON.stringify(deadlines)],
  );
}

type Step = { at: Date; what: 'warn' } | { at: Date; what: 'breach' | 'escalate'; share: number };

const at = (deadline: DeadlineRow, share: number): Date => {
  const length = deadline.dueAt.getTime() - deadline.startedAt.getTime() - deadline.pausedForMs;
  return new Date(deadline.dueAt.getTime() + (share - 1) * length);
};

/** The steps still ahead in the order of their times: the warning, the breach, the escalations after it. */
export function stepsAhead(deadline: DeadlineRow): Step[] {
  if (deadline.endedAt !== null || deadline.state === 'PAUSED') return [];
  const steps: Step[] = [];
  const { warnAt, warnedAt, breachedAt, escalatedShare } = deadline;
  if (warnAt !== null && warnedAt === null && breachedAt === null) steps.push({ at: warnAt, what: 'warn' });
  // The due instant itself is still in time, so the breach comes a millisecond after it.
  const breachAt = new Date(deadline.dueAt.getTime() + 1);
  if (breachedAt === null) steps.push({ at: breachAt, what: 'breach', share: 1 });
  const shares = [...new Set(deadline.escalations.map(({ afterShare }) => afterShare))];
  for (const share of shares) {
    if (share > 1 && share > escalatedShare) steps.push({ at: at(deadline, share), what: 'escalate', share });
  }
  return steps.toSorted((a, b) => a.at.getTime() - b.at.getTime());
}
