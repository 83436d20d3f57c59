import { deadlineAfter } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { surveyIssued } from '@steward/events';
import { lockAuthorized, notify, publish, saveAggregate, schedule, zoneOf } from '@steward/service-kit';

import { surveyAggregate } from '../db/survey-aggregates.ts';
import { insertRecipients } from '../db/survey-queries.ts';
import { requireSurvey, ruleOf } from '../domain/survey-rules.ts';
import type { IssueSurveyInput } from '../graphql/generated.ts';
import { closingTimer } from './close-survey.ts';
import { surveyValues } from './survey-values.ts';

/** To every household of its segments; it closes by itself when its time is over (A101, A210). */
export async function issueSurvey(tx: Tx, input: IssueSurveyInput): Promise<{ id: string }> {
  const before = await lockAuthorized(tx, surveyAggregate, input);
  requireSurvey(before, 'issueSurvey');
  const { communityId, kind } = before;
  const { now } = txScope(tx);
  const { recoveryDays } = await surveyValues(tx, communityId);
  const dueAt = deadlineAfter(now, { amount: recoveryDays, unit: 'day' }, await zoneOf(tx, communityId));
  const households = await insertRecipients(tx, before);
  const after = { ...before, status: 'ISSUED' as const, issuedAt: now, dueAt, issuedCount: households.length };
  const note = { action: 'issueSurvey', rule: ruleOf(before) };
  const saved = await saveAggregate(tx, surveyAggregate, before, after, note);
  const data = { surveyId: saved.id, kind, issuedCount: households.length, dueAt: dueAt.toISOString() };
  publish(tx, saved, surveyIssued, data);
  await schedule(tx, { kind: closingTimer, aggregateId: saved.id, communityId, dueAt });
  const request = { communityId, template: 'survey', params: { number: saved.number }, aggregateId: saved.id };
  for (const householdId of households) await notify(tx, { ...request, to: { householdId } });
  return { id: saved.id };
}
