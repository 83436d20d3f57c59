import { txScope, type Tx } from '@steward/db';
import { surveyReported } from '@steward/events';
import { lockAuthorized, meetDeadline, notify, publish, saveAggregate, seal } from '@steward/service-kit';

import { surveyAggregate } from '../db/survey-aggregates.ts';
import { requireReport, ruleOf } from '../domain/survey-rules.ts';
import type { ReportSurveyInput } from '../graphql/generated.ts';

/** The analysis and what is made better, before the director (A101, A210). */
export async function reportSurvey(tx: Tx, input: ReportSurveyInput): Promise<{ id: string }> {
  const before = await lockAuthorized(tx, surveyAggregate, input);
  requireReport(before, input);
  const { now } = txScope(tx);
  const after = {
    ...before,
    status: 'REPORTED' as const,
    analysisSealed: seal(tx, input.analysis.trim()),
    improvementsSealed: seal(tx, input.improvements.trim()),
    reportedAt: now,
  };
  const saved = await saveAggregate(tx, surveyAggregate, before, after, {
    action: 'reportSurvey',
    rule: ruleOf(before),
  });
  const { id: surveyId, kind, communityId, number } = saved;
  publish(tx, saved, surveyReported, { surveyId, kind, reportedAt: now.toISOString() });
  await meetDeadline(tx, saved, 'SURVEY_REPORT');
  const to = { role: 'director' as const };
  await notify(tx, { communityId, to, template: 'surveyReported', params: { number }, aggregateId: surveyId });
  return { id: surveyId };
}
