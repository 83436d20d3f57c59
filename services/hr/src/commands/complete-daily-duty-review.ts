import { DomainError, refuseAll } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { dailyDutyReviewEvents } from '@steward/events';
import { checkItems, lockAuthorized, meetDeadline, openItems, saveAndTell } from '@steward/service-kit';

import { dailyDutyReviewAggregate } from '../db/attendance-aggregates.ts';
import { dailyReviewFact } from '../domain/attendance-facts.ts';
import { moveBy } from '../domain/duty-transition-rules.ts';
import type { CompleteDailyDutyReviewInput } from '../graphql/generated.ts';
import { dailyChecklist } from './close-duty-day.ts';

export async function completeDailyDutyReview(tx: Tx, input: CompleteDailyDutyReviewInput): Promise<{ id: string }> {
  const review = await lockAuthorized(tx, dailyDutyReviewAggregate, input);
  const after = { ...moveBy(review, 'completeDailyDutyReview', 'COMPLETED'), completedAt: txScope(tx).now };
  const results = input.results.map(({ code, isPassed }) => ({
    code,
    result: isPassed ? ('PASS' as const) : ('FAIL' as const),
  }));
  const [unknown] = await checkItems(tx, review.id, dailyChecklist, results);
  if (unknown !== undefined)
    throw new DomainError('BAD_USER_INPUT', 'CHECK_UNKNOWN', { path: 'input.results', params: { code: unknown } });
  const open = await openItems(tx, review.id, dailyChecklist);
  refuseAll(
    open
      .filter(({ result }) => result === null)
      .map(({ code, rule }) => ({ path: 'input.results', reason: 'CHECK_MISSING', rule, params: { code } })),
  );
  const failed = open.map(({ code }) => code);
  const note = { action: 'completeDailyDutyReview', rule: 'A236' };
  const saved = await saveAndTell(tx, dailyDutyReviewAggregate, { before: review, after, note }, [
    dailyDutyReviewEvents.completed,
    (row) => dailyReviewFact(row, failed),
  ]);
  await meetDeadline(tx, saved, 'DAILY_REVIEW');
  return { id: saved.id };
}
