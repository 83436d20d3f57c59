import { txScope, type Tx } from '@steward/db';
import { surveyReportAcknowledged } from '@steward/events';
import { lockAuthorized, publish, saveAggregate } from '@steward/service-kit';

import { surveyAggregate } from '../db/survey-aggregates.ts';
import { requireSurvey, ruleOf } from '../domain/survey-rules.ts';
import type { AcknowledgeSurveyReportInput } from '../graphql/generated.ts';

export async function acknowledgeSurveyReport(tx: Tx, input: AcknowledgeSurveyReportInput): Promise<{ id: string }> {
  const before = await lockAuthorized(tx, surveyAggregate, input);
  requireSurvey(before, 'acknowledgeSurveyReport');
  const note = { action: 'acknowledgeSurveyReport', rule: ruleOf(before) };
  const after = { ...before, acknowledgedAt: txScope(tx).now };
  const saved = await saveAggregate(tx, surveyAggregate, before, after, note);
  publish(tx, saved, surveyReportAcknowledged, { surveyId: saved.id, kind: saved.kind });
  return { id: saved.id };
}
