import { newId, refuseAll } from '@steward/core';
import type { Tx } from '@steward/db';
import { surveyDrafted } from '@steward/events';
import { authorize, insertAggregate, managedCommunity, nextNumber, publish } from '@steward/service-kit';

import { surveyAggregate } from '../db/survey-aggregates.ts';
import { surveyPrefixes } from '../domain/survey-policy.ts';
import { ruleOf, surveyViolations } from '../domain/survey-rules.ts';
import type { DraftSurveyInput } from '../graphql/generated.ts';

export async function draftSurvey(tx: Tx, input: DraftSurveyInput): Promise<{ id: string }> {
  await authorize(tx, { communityId: input.communityId });
  const { id: communityId, timeZone } = await managedCommunity(tx, input.communityId);
  const { kind } = input;
  const rule = ruleOf({ kind });
  const questions = input.questions.map(({ kind: how, text, choices }, index) => ({
    number: index + 1,
    kind: how,
    text: text.trim(),
    choices: (choices ?? []).map((choice) => choice.trim()),
  }));
  const segments = [...new Set(input.segments ?? [])];
  refuseAll([
    ...surveyViolations({ title: input.title, questions }, rule),
    ...(segments.length === 0 ? [{ path: 'input.segments', reason: 'SEGMENT_REQUIRED', rule }] : []),
  ]);
  const number = await nextNumber(tx, communityId, surveyPrefixes.survey, timeZone);
  const fresh = {
    id: newId(),
    communityId,
    number,
    status: 'DRAFT' as const,
    kind,
    title: input.title.trim(),
    isAnonymous: input.isAnonymous ?? false,
    segments,
    questions,
    issuedAt: null,
    dueAt: null,
    issuedCount: 0,
    recoveredCount: 0,
    closedAt: null,
    results: null,
    analysisSealed: null,
    improvementsSealed: null,
    reportedAt: null,
    acknowledgedAt: null,
  };
  const saved = await insertAggregate(tx, surveyAggregate, fresh, { action: 'draftSurvey', rule });
  const { isAnonymous } = saved;
  publish(tx, saved, surveyDrafted, { surveyId: saved.id, kind, number, isAnonymous });
  return { id: saved.id };
}
