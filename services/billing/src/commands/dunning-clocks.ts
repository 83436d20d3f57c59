import type { Tx } from '@steward/db';
import { startDeadline, type DeadlineSpec } from '@steward/service-kit';

import { dunningCaseAggregate } from '../db/counter-aggregates.ts';
import type { DunningValues } from '../domain/counter-policy.ts';
import type { DunningCase } from '../domain/dunning-case.ts';

/** Whoever warns of a step that is not done, and whoever hears that it was not. */
const told = {
  warnTo: { role: 'clerk' as const },
  escalations: [{ afterShare: 1, to: { role: 'supervisor' as const } }],
};

type Clock = Pick<DeadlineSpec, 'kind' | 'rule' | 'span' | 'warnShare'>;

const start = (tx: Tx, saved: DunningCase, clock: Clock, since: { zone: string; startedAt?: Date }): Promise<void> =>
  startDeadline(tx, dunningCaseAggregate, saved, { ...told, ...clock }, since);

/** Until the cause is found and a measure chosen (A078). */
export function startCauseClock(
  tx: Tx,
  saved: DunningCase,
  { causeDays }: DunningValues,
  since: { zone: string },
): Promise<void> {
  const span = { amount: causeDays, unit: 'day' as const };
  return start(tx, saved, { kind: 'DUNNING_CAUSE', rule: 'A078', span, warnShare: 0.8 }, since);
}

/** Until the formal letter is due; it runs from the first recorded notice (settled reading 7). */
export async function startLetterClock(
  tx: Tx,
  saved: DunningCase,
  since: { zone: string; startedAt?: Date },
): Promise<void> {
  if (saved.letterDueAt === null) return;
  const span = { dueAt: saved.letterDueAt };
  await start(tx, saved, { kind: 'FORMAL_LETTER', rule: 'A080', span, warnShare: 0.9 }, since);
}

/** Until the visit to somebody who lives in the estate (A081). */
export function startVisitClock(
  tx: Tx,
  saved: DunningCase,
  { visitAfterDays }: DunningValues,
  since: { zone: string; startedAt?: Date },
): Promise<void> {
  const span = { amount: visitAfterDays, unit: 'day' as const };
  return start(tx, saved, { kind: 'DUNNING_VISIT', rule: 'A081', span, warnShare: 0.8 }, since);
}
