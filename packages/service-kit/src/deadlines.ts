import { deadlineAfter, newId, type Span } from '@steward/core';
import { rows, txScope, type Tx } from '@steward/db';

import { lockAggregate, publish, saveAggregate, type Aggregate, type AggregateRow } from './aggregate.ts';
import { notify, type Recipient } from './notifications.ts';
import { aggregateOfType } from './running.ts';
import { cancelScheduled, schedule, type DueTimer } from './timers.ts';

/** Who is told when a share of the time has passed: 1 is the breach itself, 2 twice the time. */
export type Escalation = { afterShare: number; to: Recipient };

/** A time limit to start. A running one keeps the figures it started with. */
export type DeadlineSpec = {
  kind: string;
  rule: string;
  span: Span | { dueAt: Date };
  /** The share of the time after which a warning goes out; none when absent. */
  warnShare?: number;
  warnTo?: Recipient;
  escalations: readonly Escalation[];
};

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
  pausedAt: Date | null;
  pausedForMs: number;
  state: 'RUNNING' | 'PAUSED' | 'MET' | 'BREACHED' | 'CANCELLED';
  breachedAt: Date | null;
  metAt: Date | null;
  warnTo: Recipient | null;
  escalations: readonly Escalation[];
};

export const deadlineTimer = 'deadline';

export const deadlineColumns = `id, aggregate_type as "aggregateType", aggregate_id as "aggregateId",
  community_id as "communityId", kind, rule, started_at as "startedAt", due_at as "dueAt", warn_at as "warnAt",
  paused_at as "pausedAt", paused_for_ms as "pausedForMs", state, breached_at as "breachedAt", met_at as "metAt",
  warn_to as "warnTo", escalations`;

const eventData = (deadline: DeadlineRow) => ({
  deadlineId: deadline.id,
  kind: deadline.kind,
  rule: deadline.rule,
  startedAt: deadline.startedAt.toISOString(),
  dueAt: deadline.dueAt.toISOString(),
  warnAt: deadline.warnAt?.toISOString() ?? null,
});

type Fact = 'started' | 'warned' | 'breached' | 'met' | 'cancelled';

function publishFact(
  tx: Tx,
  aggregate: Pick<Aggregate, 'type' | 'deadlines'>,
  deadline: DeadlineRow,
  fact: Fact,
): void {
  if (aggregate.deadlines === undefined) throw new Error(`${aggregate.type} has no deadline events`);
  const target = { id: deadline.aggregateId, communityId: deadline.communityId };
  publish(tx, target, aggregate.deadlines[fact], eventData(deadline));
}

const shareOf = (deadline: DeadlineRow, share: number): Date =>
  new Date(
    deadline.dueAt.getTime() +
      (share - 1) * (deadline.dueAt.getTime() - deadline.startedAt.getTime() - deadline.pausedForMs),
  );

/** The steps still ahead, each with its own timer: the warning, the breach, and every escalation after it. */
function steps(deadline: DeadlineRow): { step: string; at: Date }[] {
  const later = deadline.escalations
    .filter(({ afterShare }) => afterShare > 1)
    .map(({ afterShare }) => ({ step: `escalate:${afterShare}`, at: shareOf(deadline, afterShare) }));
  const warning = deadline.warnAt === null ? [] : [{ step: 'warn', at: deadline.warnAt }];
  // The due instant itself is still in time, so the breach comes a millisecond after it.
  return [...warning, { step: 'breach', at: new Date(deadline.dueAt.getTime() + 1) }, ...later];
}

async function scheduleSteps(tx: Tx, deadline: DeadlineRow, after: Date): Promise<void> {
  for (const { step, at } of steps(deadline)) {
    if (at <= after) continue;
    const { aggregateId, communityId } = deadline;
    await schedule(tx, {
      kind: deadlineTimer,
      dueAt: at,
      aggregateId,
      communityId,
      payload: { deadlineId: deadline.id, step },
    });
  }
}

/** Starts a clock for an aggregate that this transaction has saved. `startedAt` defaults to now. */
export async function startDeadline<Row extends AggregateRow>(
  tx: Tx,
  aggregate: Aggregate<Row>,
  row: Row,
  spec: DeadlineSpec,
  clock: { zone: string; startedAt?: Date },
): Promise<void> {
  const startedAt = clock.startedAt ?? txScope(tx).now;
  const dueAt = 'dueAt' in spec.span ? spec.span.dueAt : deadlineAfter(startedAt, spec.span, clock.zone);
  const length = dueAt.getTime() - startedAt.getTime();
  const deadline: DeadlineRow = {
    id: newId(),
    aggregateType: aggregate.type,
    aggregateId: row.id,
    communityId: row.communityId,
    kind: spec.kind,
    rule: spec.rule,
    startedAt,
    dueAt,
    warnAt: spec.warnShare === undefined ? null : new Date(startedAt.getTime() + spec.warnShare * length),
    pausedAt: null,
    pausedForMs: 0,
    state: 'RUNNING',
    breachedAt: null,
    metAt: null,
    warnTo: spec.warnTo ?? null,
    escalations: spec.escalations,
  };
  await rows(
    tx,
    `insert into deadline (id, tenant_id, community_id, aggregate_type, aggregate_id, kind, rule, started_at, due_at,
                           warn_at, state, warn_to, escalations)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'RUNNING', $11, $12)`,
    [
      deadline.id,
      txScope(tx).tenantId,
      row.communityId,
      aggregate.type,
      row.id,
      spec.kind,
      spec.rule,
      startedAt,
      dueAt,
      deadline.warnAt,
      deadline.warnTo,
      JSON.stringify(spec.escalations),
    ],
  );
  // Steps that back-dating already put into the past are due at once, not skipped.
  await scheduleSteps(tx, deadline, new Date(0));
  publishFact(tx, aggregate, deadline, 'started');
}

/** The clocks of an aggregate that have not ended, of one kind or all, locked. */
async function openDeadlines(tx: Tx, aggregateId: string, kind?: string): Promise<DeadlineRow[]> {
  return rows<DeadlineRow>(
    tx,
    `select ${deadlineColumns} from deadline
      where aggregate_id = $1 and ($2::text is null or kind = $2)
        and (state in ('RUNNING', 'PAUSED') or (state = 'BREACHED' and met_at is null))
      order by started_at for update`,
    [aggregateId, kind ?? null],
  );
}

async function stopTimers(tx: Tx, deadline: DeadlineRow): Promise<void> {
  await cancelScheduled(tx, deadline.aggregateId, deadlineTimer, { deadlineId: deadline.id });
}

/** What was due is done at `at`: in time it is met, late it stays breached with the time it was done. */
export async function meetDeadline(tx: Tx, row: AggregateRow, kind: string, at: Date = txScope(tx).now): Promise<void> {
  for (const deadline of await openDeadlines(tx, row.id, kind)) {
    const aggregate = aggregateOfType(tx, deadline.aggregateType);
    const late = at > deadline.dueAt && deadline.state !== 'PAUSED';
    if (late && deadline.breachedAt === null) {
      await rows(tx, `update deadline set breached_at = $2 where id = $1`, [deadline.id, deadline.dueAt]);
      publishFact(tx, aggregate, deadline, 'breached');
    }
    const state = late || deadline.breachedAt !== null ? 'BREACHED' : 'MET';
    await rows(tx, `update deadline set state = $2, met_at = $3 where id = $1`, [deadline.id, state, at]);
    await stopTimers(tx, deadline);
    if (state === 'MET') publishFact(tx, aggregate, deadline, 'met');
  }
}

/** What was due is no longer due; a breach that has happened stays recorded. */
export async function cancelDeadlines(tx: Tx, row: AggregateRow, kind?: string): Promise<void> {
  for (const deadline of await openDeadlines(tx, row.id, kind)) {
    await stopTimers(tx, deadline);
    if (deadline.state === 'BREACHED') continue;
    await rows(tx, `update deadline set state = 'CANCELLED' where id = $1`, [deadline.id]);
    publishFact(tx, aggregateOfType(tx, deadline.aggregateType), deadline, 'cancelled');
  }
}

/** Stops the aggregate's running clocks; `resumeDeadlines` moves what is left by the time they stood still. */
export async function pauseDeadlines(tx: Tx, row: AggregateRow, kind?: string): Promise<void> {
  for (const deadline of await openDeadlines(tx, row.id, kind)) {
    if (deadline.state !== 'RUNNING') continue;
    await rows(tx, `update deadline set state = 'PAUSED', paused_at = $2 where id = $1`, [
      deadline.id,
      txScope(tx).now,
    ]);
    await stopTimers(tx, deadline);
  }
}

export async function resumeDeadlines(tx: Tx, row: AggregateRow, kind?: string): Promise<void> {
  const { now } = txScope(tx);
  for (const deadline of await openDeadlines(tx, row.id, kind)) {
    if (deadline.state !== 'PAUSED' || deadline.pausedAt === null) continue;
    const stood = now.getTime() - deadline.pausedAt.getTime();
    const moved: DeadlineRow = {
      ...deadline,
      dueAt: new Date(deadline.dueAt.getTime() + stood),
      // A warning given before the pause is not given twice.
      warnAt:
        deadline.warnAt === null
          ? null
          : new Date(deadline.warnAt.getTime() + (deadline.warnAt > deadline.pausedAt ? stood : 0)),
      pausedForMs: deadline.pausedForMs + stood,
      state: 'RUNNING',
    };
    await rows(
      tx,
      `update deadline set state = 'RUNNING', paused_at = null, due_at = $2, warn_at = $3, paused_for_ms = $4 where id = $1`,
      [deadline.id, moved.dueAt, moved.warnAt, moved.pausedForMs],
    );
    await scheduleSteps(tx, moved, now);
  }
}

/** The timer of a deadline's next step: warns, records the breach, or escalates, and tells whom the figures name. */
export async function advanceDeadline(tx: Tx, due: DueTimer<{ deadlineId: string; step: string }>): Promise<void> {
  const [found] = await rows<DeadlineRow>(tx, `select ${deadlineColumns} from deadline where id = $1`, [
    due.payload.deadlineId,
  ]);
  if (found === undefined) return;
  const aggregate = aggregateOfType(tx, found.aggregateType);
  // The aggregate first, as every command does, so that a step and a command cannot wait for each other.
  const row = await lockAggregate(tx, aggregate, found.aggregateId);
  const [deadline] = await openDeadlines(tx, row.id, found.kind).then((open) =>
    open.filter(({ id }) => id === found.id),
  );
  if (deadline === undefined || deadline.state === 'PAUSED') return;
  const { step } = due.payload;
  const share = step === 'breach' ? 1 : Number(step.split(':')[1]);
  const note = { action: `deadline:${step}`, rule: deadline.rule };
  if (step === 'warn') {
    await saveAggregate(tx, aggregate, row, row, note);
    publishFact(tx, aggregate, deadline, 'warned');
    if (deadline.warnTo !== null) await tell(tx, deadline, row, deadline.warnTo, 'deadlineWarned');
    return;
  }
  if (step === 'breach') {
    await rows(tx, `update deadline set state = 'BREACHED', breached_at = due_at where id = $1`, [deadline.id]);
    await saveAggregate(tx, aggregate, row, row, note);
    publishFact(tx, aggregate, deadline, 'breached');
  }
  for (const escalation of deadline.escalations.filter(({ afterShare }) => afterShare === share)) {
    await tell(tx, deadline, row, escalation.to, step === 'breach' ? 'deadlineBreached' : 'deadlineEscalated');
  }
}

async function tell(tx: Tx, deadline: DeadlineRow, row: AggregateRow, to: Recipient, template: string): Promise<void> {
  const params = {
    kind: deadline.kind,
    rule: deadline.rule,
    dueAt: deadline.dueAt.toISOString(),
    number: (row as { number?: string }).number ?? null,
  };
  await notify(tx, { communityId: row.communityId, to, template, params, aggregateId: row.id });
}
