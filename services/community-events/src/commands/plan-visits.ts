import { monthOf, monthRange, newId, refuseAll } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { visitPlanMade } from '@steward/events';
import {
  authorize,
  findColleague,
  insertAggregate,
  managedCommunity,
  nextNumber,
  notify,
  publish,
  startDeadline,
} from '@steward/service-kit';

import { visitPlanAggregate } from '../db/survey-aggregates.ts';
import { householdsAmong, insertPlannedVisits } from '../db/survey-queries.ts';
import { surveyPrefixes } from '../domain/survey-policy.ts';
import type { PlanVisitsInput } from '../graphql/generated.ts';
import { surveyValues } from './survey-values.ts';

const rule = 'A101';

/** Which households are visited in a month, and by whom; due by its end (A101). */
export async function planVisits(tx: Tx, input: PlanVisitsInput): Promise<{ id: string }> {
  await authorize(tx, { communityId: input.communityId });
  const { id: communityId, timeZone: zone } = await managedCommunity(tx, input.communityId);
  const { month, staffId } = input;
  const householdIds = [...new Set(input.householdIds)];
  const known = await householdsAmong(tx, communityId, householdIds);
  refuseAll([
    ...(month < monthOf(txScope(tx).now, zone) ? [{ path: 'input.month', reason: 'IN_THE_PAST', rule }] : []),
    ...((await findColleague(tx, staffId)) === null ? [{ path: 'input.staffId', reason: 'STAFF_UNKNOWN', rule }] : []),
    ...(householdIds.length === 0 ? [{ path: 'input.householdIds', reason: 'HOUSEHOLD_UNKNOWN', rule }] : []),
    ...householdIds.flatMap((id, index) =>
      known.has(id) ? [] : [{ path: `input.householdIds.${index}`, reason: 'HOUSEHOLD_UNKNOWN', rule }],
    ),
  ]);
  const number = await nextNumber(tx, communityId, surveyPrefixes.visits, zone);
  const visitCount = householdIds.length;
  const fresh = { id: newId(), communityId, number, month, staffId, visitCount, openVisitCount: visitCount };
  const saved = await insertAggregate(tx, visitPlanAggregate, fresh, { action: 'planVisits', rule });
  await insertPlannedVisits(tx, saved.id, householdIds);
  publish(tx, saved, visitPlanMade, { planId: saved.id, month, staffId, householdIds });
  const supervisor = { role: 'supervisor' as const, departmentCode: 'CUSTOMER_SERVICE' };
  const clock = {
    kind: 'VISITS',
    rule,
    span: { dueAt: monthRange(month, zone).to },
    warnShare: (await surveyValues(tx, communityId)).surveyWarnShare,
    warnTo: { staffId },
    escalations: [{ afterShare: 1, to: supervisor }],
  };
  await startDeadline(tx, visitPlanAggregate, saved, clock, { zone });
  await notify(tx, {
    communityId,
    to: { staffId },
    template: 'visitsPlanned',
    params: { number },
    aggregateId: saved.id,
  });
  return { id: saved.id };
}
