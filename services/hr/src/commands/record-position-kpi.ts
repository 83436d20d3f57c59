import { addDays, DomainError, newId } from '@steward/core';
import type { Tx } from '@steward/db';
import { positionKpiReviewEvents } from '@steward/events';
import {
  authorize,
  insertAndTell,
  lockAuthorized,
  lockNaturalKeys,
  managedCommunity,
  nextNumber,
  notify,
  saveAndTell,
} from '@steward/service-kit';

import { positionKpiReviewAggregate } from '../db/position-aggregates.ts';
import { positionByCode } from '../db/position-queries.ts';
import { positionKpiReviewEntity } from '../db/position-work-entities.ts';
import { addMonths } from '../domain/calendar-rules.ts';
import { moveBy } from '../domain/duty-transition-rules.ts';
import { kpiFact } from '../domain/position-facts.ts';
import { positionPrefixes } from '../domain/position-policy.ts';
import { judgeKpis } from '../domain/position-work-rules.ts';
import type { PositionKpiReview } from '../domain/position-work.ts';
import type { CorrectPositionKpiInput, RecordPositionKpiInput } from '../graphql/generated.ts';
import { todayIn } from './require-authority.ts';

/** What a position reached in a month that is over (B049). */
export async function recordPositionKpi(tx: Tx, input: RecordPositionKpiInput): Promise<{ id: string }> {
  const { communityId, positionCode, month } = input;
  await authorize(tx, { communityId });
  const { timeZone: zone } = await managedCommunity(tx, communityId);
  const position = await positionByCode(tx, positionCode);
  if (position === null) throw new DomainError('BAD_USER_INPUT', 'POSITION_UNKNOWN', { path: 'input.positionCode' });
  const lastDay = addDays(addMonths(`${month}-01`, 1), -1);
  if ((await todayIn(tx, communityId)) <= lastDay)
    throw new DomainError('BAD_USER_INPUT', 'MONTH_NOT_OVER', { path: 'input.month', rule: 'B049' });
  await lockNaturalKeys(tx, `position-kpi/${communityId}`);
  if (await tx.existsBy(positionKpiReviewEntity, { communityId, positionCode, month }))
    throw new DomainError('CONFLICT', 'KPI_RECORDED', { rule: 'B049' });
  const results = judgeKpis(position.kpis, input.counts);
  const number = await nextNumber(tx, communityId, positionPrefixes.kpi, zone);
  const judged = { results, isMet: results.every(({ isMet }) => isMet), status: 'RECORDED' as const };
  const fresh = { id: newId(), communityId, number, positionCode, month, ...judged };
  const note = { action: 'recordPositionKpi', rule: 'B049' };
  const told = [positionKpiReviewEvents.recorded, kpiFact] as const;
  const review = await insertAndTell(tx, positionKpiReviewAggregate, fresh, note, told);
  await tellDirector(tx, review);
  return { id: review.id };
}

async function tellDirector(tx: Tx, { communityId, number, isMet, id }: PositionKpiReview): Promise<void> {
  if (isMet) return;
  const to = { role: 'director' } as const;
  await notify(tx, { communityId, to, template: 'kpiMissed', params: { number }, aggregateId: id });
}

/** Counted again against the targets that held then; what it said before stays in the history. */
export async function correctPositionKpi(tx: Tx, input: CorrectPositionKpiInput): Promise<{ id: string }> {
  const review = await lockAuthorized(tx, positionKpiReviewAggregate, input);
  const moved = moveBy(review, 'correctPositionKpi', 'CORRECTED');
  const targets = review.results.map(({ code, label, targetPercent }) => ({ code, label, targetPercent }));
  const results = judgeKpis(targets, input.counts);
  const after = { ...moved, results, isMet: results.every(({ isMet }) => isMet) };
  const note = { action: 'correctPositionKpi', reason: input.because, rule: 'B049' };
  const told = [positionKpiReviewEvents.corrected, kpiFact] as const;
  const saved = await saveAndTell(tx, positionKpiReviewAggregate, { before: review, after, note }, told);
  await tellDirector(tx, saved);
  return { id: review.id };
}
