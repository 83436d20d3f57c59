import { txScope, type Tx } from '@steward/db';
import { surveyClosed } from '@steward/events';
import {
  cancelScheduled,
  lockAggregate,
  lockAuthorized,
  notify,
  publish,
  saveAggregate,
  startDeadline,
  zoneOf,
  type DueTimer,
} from '@steward/service-kit';

import { surveyAggregate } from '../db/survey-aggregates.ts';
import { countAnswers } from '../db/survey-queries.ts';
import { reportClock, requireSurvey, resultsOf, ruleOf } from '../domain/survey-rules.ts';
import type { Survey } from '../domain/survey.ts';
import type { CloseSurveyInput } from '../graphql/generated.ts';
import { surveyValues } from './survey-values.ts';

export const closingTimer = 'survey-closing';

export async function closeSurvey(tx: Tx, input: CloseSurveyInput): Promise<{ id: string }> {
  const survey = await lockAuthorized(tx, surveyAggregate, input);
  requireSurvey(survey, 'closeSurvey');
  await close(tx, survey);
  await cancelScheduled(tx, survey.id, closingTimer);
  return { id: survey.id };
}

/** Timer: the time to answer is over. */
export async function closeDueSurvey(tx: Tx, { aggregateId }: DueTimer): Promise<void> {
  const survey = await lockAggregate(tx, surveyAggregate, aggregateId ?? '');
  if (survey.status === 'ISSUED') await close(tx, survey);
}

/** Recovered and counted; the analysis is due (A101, A210). */
async function close(tx: Tx, before: Survey): Promise<void> {
  const { communityId, kind, issuedCount } = before;
  const { recovered, counts, texts } = await countAnswers(tx, before.id);
  const results = resultsOf(before.questions, counts, texts);
  const closedAt = txScope(tx).now;
  const after = { ...before, status: 'CLOSED' as const, closedAt, recoveredCount: recovered, results };
  const note = { action: 'closeSurvey', rule: ruleOf(before) };
  const saved = await saveAggregate(tx, surveyAggregate, before, after, note);
  publish(tx, saved, surveyClosed, { surveyId: saved.id, kind, issuedCount, recoveredCount: recovered });
  const clock = reportClock(saved, await surveyValues(tx, communityId));
  await startDeadline(tx, surveyAggregate, saved, clock, { zone: await zoneOf(tx, communityId) });
  const to = { role: 'supervisor' as const, departmentCode: 'CUSTOMER_SERVICE' };
  const params = { number: saved.number };
  await notify(tx, { communityId, to, template: 'surveyClosed', params, aggregateId: saved.id });
}
