import { randomUUID } from 'node:crypto';

import { rows, txScope, type Tx } from '@steward/db';
import { seal } from '@steward/service-kit';
import type { SelectQueryBuilder } from 'typeorm';

import type { Survey, SurveyAnswer } from '../domain/survey.ts';
import type { VisitPlan } from '../domain/visit-plan.ts';
import type { SurveyFilter, VisitPlanFilter } from '../graphql/generated.ts';
import { surveyEntity, visitPlanEntity } from './survey-entities.ts';

type SegmentFact = { tenantid: string; data: { householdId: string; segment: string } };

/** Of several facts of a household, which come in their order, the last one counts. */
export async function keepSegments(tx: Tx, facts: readonly SegmentFact[]): Promise<void> {
  const latest = [...new Map(facts.map((fact) => [fact.data.householdId, fact])).values()];
  await rows(
    tx,
    `insert into household_segment (household_id, tenant_id, segment)
     select * from unnest($1::uuid[], $2::uuid[], $3::text[])
     on conflict (household_id) do update set segment = excluded.segment`,
    [
      latest.map(({ data }) => data.householdId),
      latest.map(({ tenantid }) => tenantid),
      latest.map(({ data }) => data.segment),
    ],
  );
}

/** Enters the households of the survey's segments, in one statement; answers whom. */
export async function insertRecipients(tx: Tx, { id, tenantId, communityId, segments }: Survey): Promise<string[]> {
  const found = await rows<{ householdId: string }>(
    tx,
    `insert into survey_recipient (tenant_id, survey_id, household_id)
     select $1, $2, h.id from household_reference h join household_segment s on s.household_id = h.id
      where h.community_id = $3 and s.segment = any($4) returning household_id as "householdId"`,
    [tenantId, id, communityId, segments],
  );
  return found.map(({ householdId }) => householdId);
}

/** Marks that a household has answered; false if it was not asked or has answered. */
export const markAnswered = async (tx: Tx, surveyId: string, householdId: string): Promise<boolean> =>
  (
    await rows(
      tx,
      `update survey_recipient set has_answered = true
        where survey_id = $1 and household_id = $2 and not has_answered returning household_id`,
      [surveyId, householdId],
    )
  ).length > 0;

export const wasAsked = async (tx: Tx, surveyId: string, householdId: string): Promise<boolean> =>
  (await rows(tx, 'select 1 from survey_recipient where survey_id = $1 and household_id = $2', [surveyId, householdId]))
    .length > 0;

/** Keeps a form. Its id says nothing of its time, and an anonymous one names no household. */
export async function insertResponse(
  tx: Tx,
  { id: surveyId, isAnonymous }: Survey,
  householdId: string,
  answers: readonly SurveyAnswer[],
): Promise<void> {
  const { tenantId } = txScope(tx);
  const id = randomUUID();
  await rows(tx, 'insert into survey_response (id, tenant_id, survey_id, household_id) values ($1, $2, $3, $4)', [
    id,
    tenantId,
    surveyId,
    isAnonymous ? null : householdId,
  ]);
  const values = answers.map(({ questionNumber: number, rating, choice, text }) => ({
    number,
    rating,
    choice,
    text: text === null ? null : seal(tx, text.trim()),
  }));
  await rows(
    tx,
    `insert into survey_answer (tenant_id, response_id, question_number, rating, choice, text_sealed)
     select $1, $2, a.number, a.rating, a.choice, a.text
       from jsonb_to_recordset($3::jsonb) as a(number int, rating int, choice int, text text)`,
    [tenantId, id, JSON.stringify(values)],
  );
}

type Counted = { number: number; value: number | null; count: number };

/** How often each value was given to each question, and how many forms came back. */
export async function countAnswers(
  tx: Tx,
  surveyId: string,
): Promise<{ recovered: number; counts: Map<number, Map<number, number>>; texts: Map<number, number> }> {
  const [forms] = await rows<{ recovered: number }>(
    tx,
    'select count(*)::int as recovered from survey_response where survey_id = $1',
    [surveyId],
  );
  const found = await rows<Counted>(
    tx,
    `select a.question_number as number, coalesce(a.rating, a.choice) as value, count(*)::int as count
       from survey_answer a join survey_response r on r.id = a.response_id
      where r.survey_id = $1 group by 1, 2 order by 1, 2`,
    [surveyId],
  );
  const counts = new Map<number, Map<number, number>>();
  const texts = new Map<number, number>();
  for (const { number, value, count } of found) {
    if (value === null) texts.set(number, count);
    else counts.set(number, (counts.get(number) ?? new Map<number, number>()).set(value, count));
  }
  return { recovered: forms?.recovered ?? 0, counts, texts };
}

/** Whether a survey of the kind went out between two instants. */
export const wasIssued = async (tx: Tx, communityId: string, kind: string, from: Date, to: Date): Promise<boolean> =>
  (
    await rows(
      tx,
      'select 1 from survey where community_id = $1 and kind = $2 and issued_at >= $3 and issued_at < $4 limit 1',
      [communityId, kind, from, to],
    )
  ).length > 0;

export function surveyQuery(
  tx: Tx,
  { communityId, householdId, kind, status }: SurveyFilter,
): SelectQueryBuilder<Survey> {
  const query = tx.createQueryBuilder(surveyEntity, 's');
  if (communityId != null) query.andWhere('s.community_id = :communityId', { communityId });
  if (householdId != null) {
    const wentTo =
      'exists (select 1 from survey_recipient r where r.survey_id = s.id and r.household_id = :householdId)';
    query.andWhere(wentTo, { householdId });
  }
  if (kind != null) query.andWhere('s.kind = :kind', { kind });
  if (status != null) query.andWhere('s.status = any(:status)', { status });
  return query;
}

export function visitPlanQuery(
  tx: Tx,
  { communityId, householdId, month }: VisitPlanFilter,
): SelectQueryBuilder<VisitPlan> {
  const query = tx.createQueryBuilder(visitPlanEntity, 'p');
  if (communityId != null) query.andWhere('p.community_id = :communityId', { communityId });
  if (householdId != null) {
    const isOnIt = 'exists (select 1 from planned_visit v where v.plan_id = p.id and v.household_id = :householdId)';
    query.andWhere(isOnIt, { householdId });
  }
  if (month != null) query.andWhere('p.month = :month', { month });
  return query;
}

/** Households of the community among those given. */
export async function householdsAmong(tx: Tx, communityId: string, ids: readonly string[]): Promise<Set<string>> {
  const found = await rows<{ id: string }>(
    tx,
    'select id from household_reference where community_id = $1 and id = any($2::uuid[])',
    [communityId, ids],
  );
  return new Set(found.map(({ id }) => id));
}

export async function insertPlannedVisits(tx: Tx, planId: string, householdIds: readonly string[]): Promise<void> {
  await rows(tx, 'insert into planned_visit (tenant_id, plan_id, household_id) select $1, $2, unnest($3::uuid[])', [
    txScope(tx).tenantId,
    planId,
    householdIds,
  ]);
}

/** Keeps the words of a visit; false if the household is not in the plan or was visited. */
export const recordVisit = async (tx: Tx, planId: string, householdId: string, opinion: string): Promise<boolean> =>
  (
    await rows(
      tx,
      `update planned_visit set visited_at = $3, opinion_sealed = $4
        where plan_id = $1 and household_id = $2 and visited_at is null returning household_id`,
      [planId, householdId, txScope(tx).now, seal(tx, opinion.trim())],
    )
  ).length > 0;
