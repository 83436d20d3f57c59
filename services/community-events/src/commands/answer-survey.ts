import { DomainError, refuseAll } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { authorize, invocationOf, ownHouseholds } from '@steward/service-kit';

import { surveyEntity } from '../db/survey-entities.ts';
import { insertResponse, markAnswered, wasAsked } from '../db/survey-queries.ts';
import { answerViolations, requireAnswerable, ruleOf } from '../domain/survey-rules.ts';
import type { AnswerSurveyInput } from '../graphql/generated.ts';

/**
 * A household's form, once: by a resident, or typed in by the desk from paper. It changes the survey's own row in nothing,
 * so that all can answer at once, and an anonymous form cannot be told from the others.
 */
export async function answerSurvey(tx: Tx, input: AnswerSurveyInput): Promise<{ id: string }> {
  const survey = await tx
    .createQueryBuilder(surveyEntity, 's')
    .setLock('pessimistic_read')
    .where('s.id = :id', { id: input.surveyId })
    .getOne();
  const { viewer } = invocationOf(tx);
  const own = await ownHouseholds(tx, viewer);
  const householdId = input.householdId ?? own[0];
  const isAsked = survey !== null && householdId !== undefined && (await wasAsked(tx, survey.id, householdId));
  if (!isAsked) throw new DomainError('NOT_FOUND', 'NOT_FOUND');
  await authorize(tx, { communityId: survey.communityId, householdIds: [householdId] });
  requireAnswerable(survey, txScope(tx).now);
  const answers = input.answers.map(({ questionNumber, rating = null, choice = null, text = null }) => ({
    questionNumber,
    rating,
    choice,
    text,
  }));
  refuseAll(answerViolations(survey, answers));
  if (!(await markAnswered(tx, survey.id, householdId))) {
    throw new DomainError('CONFLICT', 'ANSWERED_ALREADY', { rule: ruleOf(survey) });
  }
  await insertResponse(tx, survey, householdId, answers);
  return { id: survey.id };
}
