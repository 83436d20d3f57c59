import { deadlineAfter, newId, type Span } from '@steward/core';
import { txScope, type Tx } from '@steward/db';

import { lockAggregate, publish, saveAggregate, type Aggregate, type AggregateRow } from './aggregate.ts';
import {
  deadlineById,
  openDeadlines,
  openDeadlinesOf,
  saveDeadline,
  saveDeadlines,
  stepsAhead,
  type DeadlineRow,
  type Escalation,
} from './deadline-rows.ts';
import { notify, type Recipient } from './notifications.ts';
import { insertLater } from './pending-rows.ts';
import { aggregateOfType } from './running.ts';
import { cancelAllScheduled, cancelScheduled, schedule, type DueTimer } from './timers.ts';

/** A time limit to start. A running one keeps the figures it started with. */
export type DeadlineSpec = {
  kind: string;
  rule: string;
  span: Span | { dueAt: Date };
  /** The share of the time after which a warning goes out; none when absent. */
  warnShare?: number;
  warnTo?: Recipient;
  /** Whom the breach (share 1) and later times (2 is twice the time) are told; below 1 is the warning's. */
  escalations: readonly Escalation[];
};

export const deadlineTimer = 'deadline';

type Fact = 'started' | 'warned' | 'breached' | 'met' | 'cancelled';

const instant = (at: Date | null): string | null => at?.toISOString() ?? null;

function publishFact(tx: Tx, deadline: DeadlineRow, fact: Fact): void {
  const { deadlines, type } = aggregateOfType(tx, deadline.aggregateType);
  if (deadlines === undefined) throw new Error(`${type} has no deadline events`);
  publish(tx, { id: deadline.aggregateId, communityId: deadline.communityId }, deadlines[fact], {
    deadlineId: deadline.id,
    kind: deadline.kind,
    rule: deadline.rule,
    startedAt: deadline.startedAt.toISOString(),
    dueAt: deadline.dueAt.toISOString(),
    warnAt: instant(deadline.warnAt),
    breachedAt: instant(deadline.breachedAt),
    metAt: instant(deadline.metAt),
  });
}

/** One timer per deadline, for its next step; every step sets the one after it. */
async function scheduleNext(tx: Tx, deadline: DeadlineRow): Promise<void> {
  const [next] = stepsAhead(deadline);
  if (next === undefined) return;
  const { id, aggregateId, communityId } = deadline;
  await schedule(tx, { kind: deadlineTimer, dueAt: next.at, aggregateId, communityId, payload: { deadlineId: id } });
}

const stopTimer = (tx: Tx, { id, aggregateId }: DeadlineRow): Promise<void> =>
  cancelScheduled(tx, aggregateId, deadlineTimer, { deadlineId: id });

function specified(spec: DeadlineSpec, startedAt: Date, zone: string): Pick<DeadlineRow, 'dueAt' | 'warnAt'> {
  if (spec.escalations.some(({ afterShare }) => afterShare < 1))
    throw new RangeError('an escalation starts at the breach');
  const dueAt = 'dueAt' in spec.span ? spec.span.dueAt : deadlineAfter(startedAt, spec.span, zone);
  const length = dueAt.getTime() - startedAt.getTime();
  const warnAt = spec.warnShare === undefined ? null : new Date(startedAt.getTime() + spec.warnShare * length);
  return { dueAt, warnAt };
}

/** Starts a clock for an aggregate that this transaction has saved. `startedAt` defaults to now. */
export async function startDeadline<Row extends AggregateRow>(
  tx: Tx,
  aggregate: Aggregate<Row>,
  row: Row,
  spec: DeadlineSpec,
  clock: { zone: string; startedAt?: Date },
): Promise<void> {
  const { now, tenantId } = txScope(tx);
  const startedAt = clock.startedAt ?? now;
  const { dueAt, warnAt } = specified(spec, startedAt, clock.zone);
  const base = { id: newId(), kind: spec.kind, rule: spec.rule, state: 'RUNNING' as const };
  const { escalations, warnTo = null } = spec;
  insertLater(tx, 'deadline', {
    ...base,
    tenant_id: tenantId,
    community_id: row.communityId,
    aggregate_type: aggregate.type,
    aggregate_id: row.id,
    started_at: startedAt,
    due_at: dueAt,
    warn_at: warnAt,
    paused_for_ms: 0,
    escalated_share: 0,
    warn_to: warnTo,
    escalations,
  });
  const ends = {
    warnedAt: null,
    pausedAt: null,
    pausedForMs: 0,
    breachedAt: null,
    escalatedShare: 0,
    metAt: null,
    endedAt: null,
  };
  const place = { aggregateType: aggregate.type, aggregateId: row.id, communityId: row.communityId };
  const deadline: DeadlineRow = { ...base, ...place, ...ends, startedAt, dueAt, warnAt, warnTo, escalations };
  // Steps that back-dating already put into the past are due at once, not skipped.
  await scheduleNext(tx, deadline);
  publishFact(tx, deadline, 'started');
}

/** Starts several clocks of an aggregate, each at its own `startedAt`, which defaults to now. */
export async function startDeadlines<Row extends AggregateRow>(
  tx: Tx,
  aggregate: Aggregate<Row>,
  row: Row,
  specs: readonly (DeadlineSpec & { startedAt?: Date })[],
  zone: string,
): Promise<void> {
  for (const spec of specs) {
    const { startedAt } = spec;
    await startDeadline(tx, aggregate, row, spec, startedAt === undefined ? { zone } : { zone, startedAt });
  }
}

async function tell(
  tx: Tx,
  deadline: DeadlineRow,
  to: Recipient,
  template: string,
  number: string | null,
): Promise<void> {
  const { kind, rule, dueAt, communityId, aggregateId } = deadline;
  const params = { kind, rule, dueAt: dueAt.toISOString(), number };
  await notify(tx, { communityId, to, template, params, aggregateId });
}

const toldAt = (deadline: DeadlineRow, share: number): Recipient[] =>
  deadline.escalations.filter(({ afterShare }) => afterShare === share).map(({ to }) => to);

/** Records the breach, publishes it and tells whom it is to be told, wherever it is noticed first. */
async function breach(tx: Tx, deadline: DeadlineRow, number: string | null): Promise<DeadlineRow> {
  const breached: DeadlineRow = { ...deadline, state: 'BREACHED', breachedAt: deadline.dueAt, escalatedShare: 1 };
  publishFact(tx, breached, 'breached');
  for (const to of toldAt(breached, 1)) await tell(tx, breached, to, 'deadlineBreached', number);
  return breached;
}

/** Carries out, in order, every step whose time has come; the timer, a pause and a late end all come through here. */
async function catchUp(tx: Tx, deadline: DeadlineRow, until: Date, number: string | null): Promise<DeadlineRow> {
  let current = deadline;
  for (const step of stepsAhead(deadline).filter((ahead) => ahead.at <= until)) {
    if (step.what === 'warn') {
      current = { ...current, warnedAt: step.at };
      publishFact(tx, current, 'warned');
      if (current.warnTo !== null) await tell(tx, current, current.warnTo, 'deadlineWarned', number);
    } else if (step.what === 'breach') {
      current = await breach(tx, current, number);
    } else {
      current = { ...current, escalatedShare: step.share };
      for (const to of toldAt(current, step.share)) await tell(tx, current, to, 'deadlineEscalated', number);
    }
  }
  return current;
}

const numberOf = (row: AggregateRow): string | null => (row as { number?: string }).number ?? null;

/**
 * What was due is done at `at`: in time it is met, late it stays breached with the time it was done. Either way the fact
 * `met` says when. A breach that the timer recorded before a back-dated end was typed in stays on record; `metAt` shows
 * that the work itself was in time.
 */
export const meetDeadline = (tx: Tx, row: AggregateRow, kind: string, at: Date = txScope(tx).now): Promise<void> =>
  meetDeadlines(tx, [row], kind, at);

/** The same for several aggregates, in as many statements as for one. */
export async function meetDeadlines(
  tx: Tx,
  aggregates: readonly AggregateRow[],
  kind: string,
  at: Date = txScope(tx).now,
): Promise<void> {
  const numbers = new Map(aggregates.map((row) => [row.id, numberOf(row)]));
  const ended: DeadlineRow[] = [];
  for (const open of await openDeadlinesOf(tx, [...numbers.keys()], kind)) {
    const until = open.state === 'PAUSED' ? open.startedAt : at;
    const caught = await catchUp(tx, open, until, numbers.get(open.aggregateId) ?? null);
    const state = caught.breachedAt === null ? 'MET' : 'BREACHED';
    const met: DeadlineRow = { ...caught, state, pausedAt: null, metAt: at, endedAt: txScope(tx).now };
    publishFact(tx, met, 'met');
    ended.push(met);
  }
  if (ended.length === 0) return;
  await saveDeadlines(tx, ended);
  const matches = ended.map(({ id: deadlineId }) => ({ deadlineId }));
  await cancelAllScheduled(tx, [...numbers.keys()], deadlineTimer, matches);
}

/** What was due is no longer due; a breach that has happened stays recorded. */
export async function cancelDeadlines(tx: Tx, row: AggregateRow, kind?: string): Promise<void> {
  const { now } = txScope(tx);
  for (const open of await openDeadlines(tx, row.id, kind)) {
    const caught = await catchUp(tx, open, now, numberOf(row));
    const state = caught.breachedAt === null ? 'CANCELLED' : 'BREACHED';
    const cancelled: DeadlineRow = { ...caught, state, pausedAt: null, endedAt: now };
    await saveDeadline(tx, cancelled);
    await stopTimer(tx, cancelled);
    publishFact(tx, cancelled, 'cancelled');
  }
}

/** Stops the aggregate's running clocks; `resumeDeadlines` moves what is left by the time they stood still. */
export async function pauseDeadlines(tx: Tx, row: AggregateRow, kind?: string): Promise<void> {
  const { now } = txScope(tx);
  for (const open of await openDeadlines(tx, row.id, kind)) {
    if (open.state !== 'RUNNING') continue;
    // What fell due before the pause happened before it, whether or not its timer has come round.
    const caught = await catchUp(tx, open, now, numberOf(row));
    const isPaused = caught.breachedAt === null;
    await saveDeadline(tx, isPaused ? { ...caught, state: 'PAUSED', pausedAt: now } : caught);
    await stopTimer(tx, caught);
    if (!isPaused) await scheduleNext(tx, caught);
  }
}

export async function resumeDeadlines(tx: Tx, row: AggregateRow, kind?: string): Promise<void> {
  const { now } = txScope(tx);
  for (const paused of await openDeadlines(tx, row.id, kind)) {
    if (paused.state !== 'PAUSED' || paused.pausedAt === null) continue;
    const stood = now.getTime() - paused.pausedAt.getTime();
    const moved = (at: Date): Date => new Date(at.getTime() + stood);
    const resumed: DeadlineRow = {
      ...paused,
      dueAt: moved(paused.dueAt),
      // A warning given before the pause stays where it was given.
      warnAt: paused.warnAt === null || paused.warnedAt !== null ? paused.warnAt : moved(paused.warnAt),
      pausedForMs: paused.pausedForMs + stood,
      pausedAt: null,
      state: 'RUNNING',
    };
    await saveDeadline(tx, resumed);
    await scheduleNext(tx, resumed);
  }
}

/** The timer of a deadline's next step. */
export async function advanceDeadline(tx: Tx, due: DueTimer<{ deadlineId: string }>): Promise<void> {
  const { now } = txScope(tx);
  const found = await deadlineById(tx, due.payload.deadlineId);
  if (found === null) return;
  const aggregate: Aggregate = aggregateOfType(tx, found.aggregateType);
  const row = await lockAggregate(tx, aggregate, found.aggregateId);
  const open = (await openDeadlines(tx, row.id, found.kind)).find(({ id }) => id === found.id);
  const steps = open === undefined ? [] : stepsAhead(open).filter(({ at }) => at <= now);
  if (open === undefined || steps.length === 0) return;
  const action = `deadline:${steps.map(({ what }) => what).join('+')}`;
  // An escalation tells people and changes nothing of the aggregate, so it is no fact and no version.
  if (steps.some(({ what }) => what !== 'escalate'))
    await saveAggregate(tx, aggregate, row, row, { action, rule: open.rule });
  const advanced = await catchUp(tx, open, now, numberOf(row));
  await saveDeadline(tx, advanced);
  await scheduleNext(tx, advanced);
}
