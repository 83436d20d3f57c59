import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { newId } from '@steward/core';
import { personErased } from '@steward/events';
import type { TestService } from '@steward/test-kit';

import { anEstate, aPlan, approved, registered, run, startCommunityEvents, type Estate } from './activities-fixture.ts';

let service: TestService;
let estate: Estate;

beforeAll(async () => {
  service = await startCommunityEvents();
  estate = await anEstate(service);
});
afterAll(() => service?.stop());

const homeOf = async (personId: string | null | undefined): Promise<string> => {
  const sql = 'select household_id as id from household_member where person_id = $1';
  return (await service.sql<{ id: string }>(sql, [personId]))[0]?.id ?? '';
};

type Id = { id: string };

async function aSurveyOf(words: string): Promise<string> {
  const form = {
    communityId: estate.communityId,
    kind: 'OPINION',
    title: '业主意见征询表',
    isAnonymous: false,
    segments: ['RESIDENT'],
    questions: [
      { kind: 'RATING', text: '满意度' },
      { kind: 'TEXT', text: '其他意见' },
    ],
  };
  const { survey } = await run<{ survey: Id }>(service, estate.clerk, 'draftSurvey', form, 'survey { id }');
  await run(service, estate.supervisor, 'issueSurvey', { id: survey.id }, 'survey { id }');
  for (const viewer of [estate.resident, estate.neighbour]) {
    const text = viewer === estate.resident ? words : '路灯太暗';
    const answers = [
      { questionNumber: 1, rating: 2 },
      { questionNumber: 2, text },
    ];
    await run(service, viewer, 'answerSurvey', { surveyId: survey.id, answers }, 'survey { id }');
  }
  await run(service, estate.supervisor, 'closeSurvey', { id: survey.id }, 'survey { id }');
  return survey.id;
}

async function visited(householdIds: string[], opinion: string): Promise<void> {
  const month = new Date((await service.now()).getTime() + 8 * 3_600_000).toISOString().slice(0, 7);
  const { communityId, clerk, supervisor } = estate;
  const plan = { communityId, month, staffId: clerk.staffId, householdIds };
  const { visitPlan } = await run<{ visitPlan: Id }>(service, supervisor, 'planVisits', plan, 'visitPlan { id }');
  for (const householdId of householdIds)
    await run(service, clerk, 'recordPlannedVisit', { id: visitPlan.id, householdId, opinion }, 'visitPlan { id }');
}

const seen = `query ($activity: ID!, $survey: ID!, $home: ID!, $other: ID!) {
  activityRegistrations(filter: { activityId: $activity }) { nodes {
    status participantCount contactNameMasked contactPhoneMasked history { nodes { fields { field from to } } } } }
  survey(id: $survey) { recoveredCount theirs: answersOf(householdId: $home) { rating text }
    others: answersOf(householdId: $other) { rating text } }
  visitPlans { nodes { visits { opinion household { id } } } } }`;

it('[B017] an erased person leaves places taken, ratings and visits, but no name, phone or word', async () => {
  const { tenantId, communityId, clerk, resident, neighbour } = estate;
  const [home, other] = [await homeOf(resident.personId), await homeOf(neighbour.personId)];
  const activityId = await approved(service, estate, aPlan(estate));
  const contact = { contactName: '欧阳建国', contactPhone: '138 1234 5678' };
  await registered(service, clerk, activityId, 2, { householdId: home, ...contact });
  const surveyId = await aSurveyOf('我家欧阳建国腿脚不便');
  await visited([home, other], '希望增设晾衣架');

  const personId = resident.personId ?? '';
  const data = { personId, erasureId: newId(), erasedAt: '2026-03-02T01:00:00.000Z', vacatedHouseholdIds: [home] };
  await service.wire.send(personErased, { tenantId, communityId, aggregateId: personId, data });
  await service.settle();

  const variables = { activity: activityId, survey: surveyId, home, other };
  const found = await service.ok<Record<string, unknown>>(clerk, seen, variables);
  expect(found).toMatchObject({
    activityRegistrations: { nodes: [{ participantCount: 2, contactNameMasked: '***', contactPhoneMasked: null }] },
    survey: {
      recoveredCount: 2,
      theirs: [
        { rating: 2, text: null },
        { rating: null, text: '' },
      ],
      others: [
        { rating: 2, text: null },
        { rating: null, text: '路灯太暗' },
      ],
    },
  });
  const said = (found['visitPlans'] as { nodes: { visits: { household: { id: string }; opinion: string }[] }[] })
    .nodes[0];
  const opinions = Object.fromEntries((said?.visits ?? []).map(({ household, opinion }) => [household.id, opinion]));
  expect(opinions).toEqual({ [home]: '', [other]: '希望增设晾衣架' });
  expect(JSON.stringify(found)).not.toMatch(/欧阳|建国|1381234|138\*/);
  expect(await homeOf(personId)).toBe('');
});
