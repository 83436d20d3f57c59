import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '@steward/core';
import type { Viewer } from '@steward/auth';
import type { TestService } from '@steward/test-kit';

import {
  act,
  aComplaint,
  anEstate,
  factsOf,
  handled,
  lastFact,
  leave,
  startComplaints,
  told,
  type Estate,
} from './complaints-fixture.ts';

let service: TestService;
let estate: Estate;

beforeAll(async () => {
  service = await startComplaints();
});
afterAll(() => service?.stop());
beforeEach(async () => {
  estate = await anEstate(service);
});
afterEach(() => leave(service, estate));

type Problem = {
  id: string;
  number: string;
  status: string;
  round: number;
  category: { code: string };
  building: { id: string } | null;
  complaints: { id: string }[];
  cause: string | null;
  prevention: string | null;
  owner: { id: string } | null;
  departmentCodes: string[];
  checkAt: string | null;
  recurrenceCount: number | null;
  deadlines: { kind: string; state: string; dueAt: string }[];
  availableActions: { action: string; allowed: boolean }[];
};
const selection = `id number status round category { code } building { id } complaints { id } cause prevention
  owner { id } departmentCodes checkAt recurrenceCount deadlines { kind state dueAt }
  availableActions { action allowed }`;

const problemsOf = async (viewer: Viewer, filter: object = {}): Promise<Problem[]> => {
  const query = `query ($filter: RecurringProblemFilter) {
    recurringProblems(filter: $filter) { totalCount nodes { ${selection} } }
  }`;
  return (await service.ok<{ recurringProblems: { nodes: Problem[] } }>(viewer, query, { filter })).recurringProblems
    .nodes;
};

const planning = `mutation ($input: PlanRecurringProblemPreventionInput!) {
  planRecurringProblemPrevention(input: $input) { recurringProblem { ${selection} } }
}`;

const aPlan = (id: string, overrides: object = {}) => ({
  id,
  departmentCodes: ['SECURITY', 'CUSTOMER_SERVICE'],
  cause: '夜间巡查空档',
  prevention: '增加夜间巡查班次',
  ownerId: estate.guard.staffId,
  ...overrides,
});

async function plan(id: string): Promise<Problem> {
  type Answer = { planRecurringProblemPrevention: { recurringProblem: Problem } };
  const answer = await service.ok<Answer>(estate.supervisor, planning, { input: aPlan(id) });
  return answer.planRecurringProblemPrevention.recurringProblem;
}

/** Moves to the next search, at the end of the day. */
const searched = () => service.move({ advance: 'P1D' });

async function aProblem(): Promise<Problem> {
  for (let count = 0; count < 3; count += 1) await aComplaint(service, estate);
  await searched();
  const [found] = await problemsOf(estate.clerk);
  if (found === undefined) throw new Error('nothing was found');
  return found;
}

describe('searchRecurringProblems', () => {
  it('[A038] finds what came three times in one building within 30 days, once', async () => {
    const ids = [await aComplaint(service, estate), await aComplaint(service, estate)];
    await searched();
    expect(await problemsOf(estate.clerk)).toEqual([]);
    // The last day on which the first two are within the window.
    await service.move({ advance: 'P28D' });
    ids.push(await aComplaint(service, estate));
    await aComplaint(service, estate, { categoryCode: 'PARKING' });
    await searched();
    const [found, ...others] = await problemsOf(estate.clerk);
    expect(others).toEqual([]);
    expect(found).toMatchObject({
      number: expect.stringMatching(/^CF-\d{8}-0001$/),
      status: 'FOUND',
      round: 1,
      category: { code: 'NOISE' },
      building: { id: estate.buildingId },
      complaints: ids.map((id) => ({ id })),
      deadlines: [{ kind: 'PREVENTION_PLAN', state: 'RUNNING' }],
      availableActions: [{ action: 'planRecurringProblemPrevention', allowed: false }],
    });
    expect(await lastFact(service, found?.id ?? '', 'found')).toEqual({
      problemId: found?.id,
      categoryCode: 'NOISE',
      buildingId: estate.buildingId,
      complaintIds: ids,
      round: 1,
    });
    expect(await told(service, found?.id ?? '')).toMatchObject([
      { template: 'recurringProblemFound', role: 'supervisor', department_code: 'CUSTOMER_SERVICE' },
    ]);
    await searched();
    expect(await problemsOf(estate.clerk)).toHaveLength(1);
  });

  it('[A038] does not count what is older than the window, was taken back or has no ground', async () => {
    await aComplaint(service, estate);
    const withdrawn = await aComplaint(service, estate);
    await act(service, estate.clerk, 'withdrawComplaint', { id: withdrawn, reasonCode: 'DUPLICATE' });
    const unfounded = await aComplaint(service, estate);
    await handled(service, estate, unfounded);
    const judgement = { id: unfounded, isValid: false, responsibility: 'NONE', help: '协助联系社区' };
    await act(service, estate.clerk, 'judgeComplaint', judgement);
    await aComplaint(service, estate);
    await searched();
    expect(await problemsOf(estate.clerk)).toEqual([]);
    // A day later than the last on which they are.
    await service.move({ advance: 'P29D' });
    await aComplaint(service, estate);
    await searched();
    expect(await problemsOf(estate.clerk)).toEqual([]);
  });

  it('[A038] has a plan in seven days', async () => {
    const found = await aProblem();
    await service.move({ set: new Date(found.deadlines[0]?.dueAt ?? '') });
    expect((await problemsOf(estate.clerk))[0]?.deadlines).toMatchObject([{ state: 'RUNNING' }]);
    await service.move({ advance: 'PT1S' });
    expect((await problemsOf(estate.clerk))[0]?.deadlines).toMatchObject([{ state: 'BREACHED' }]);
  });
});

describe('planRecurringProblemPrevention', () => {
  it('[A038] names cause, prevention and owner, and when the effect is checked', async () => {
    const { id } = await aProblem();
    const planned = await plan(id);
    expect(planned).toMatchObject({
      status: 'PREVENTING',
      cause: '夜间巡查空档',
      prevention: '增加夜间巡查班次',
      owner: { id: estate.guard.staffId },
      departmentCodes: ['SECURITY', 'CUSTOMER_SERVICE'],
      deadlines: [{ state: 'MET' }],
    });
    expect(await told(service, id)).toContainEqual(
      expect.objectContaining({ template: 'preventionPlanned', staff_id: estate.guard.staffId }),
    );
    const facts = await lastFact(service, id, 'prevention-planned');
    expect(facts).toMatchObject({ ownerId: estate.guard.staffId, checkAt: planned.checkAt });
    expect(JSON.stringify(facts)).not.toMatch(/巡查/);
    const [row] = await service.sql('select * from recurring_problem where id = $1', [id]);
    expect(JSON.stringify(row)).not.toMatch(/巡查/);
    const { extensions } = await service.refused(estate.supervisor, planning, { input: aPlan(id) });
    expect(extensions).toMatchObject({ reason: 'ILLEGAL_TRANSITION', rule: 'A038' });
  });

  it('[A038] refuses a plan that is not complete, with everything at once', async () => {
    const { id } = await aProblem();
    const refused = async (overrides: object, viewer = estate.supervisor) => {
      const input = aPlan(id, overrides);
      const { extensions } = await service.refused(viewer, planning, { input });
      return extensions.violations.length > 0 ? extensions.violations.map(({ reason }) => reason) : [extensions.reason];
    };
    expect(await refused({ cause: '', prevention: ' ', departmentCodes: [], ownerId: newId() })).toEqual([
      'TEXT_REQUIRED',
      'TEXT_REQUIRED',
      'DEPARTMENTS_REQUIRED',
      'STAFF_UNKNOWN',
    ]);
    expect(await refused({ departmentCodes: ['MAGIC'] })).toEqual(['DEPARTMENT_UNKNOWN']);
    expect(await refused({}, estate.clerk)).toEqual(['ACCESS_DENIED']);
  });
});

describe('checkRecurringProblemEffect', () => {
  it('[A038] a problem that does not come again within 30 days is over', async () => {
    const { id } = await aProblem();
    const { checkAt } = await plan(id);
    await service.move({ set: new Date(Date.parse(checkAt ?? '') - 1000) });
    expect((await problemsOf(estate.clerk))[0]?.status).toBe('PREVENTING');
    await service.move({ advance: 'PT1S' });
    expect((await problemsOf(estate.clerk))[0]).toMatchObject({ status: 'EFFECTIVE', recurrenceCount: 0, round: 1 });
    expect(await lastFact(service, id, 'effect-checked')).toMatchObject({ recurrenceCount: 0, isEffective: true });
    expect(await told(service, id)).toContainEqual(
      expect.objectContaining({ template: 'preventionEffective', staff_id: estate.guard.staffId }),
    );
  });

  it('[A038] one that comes again is found anew, and the director knows', async () => {
    const { id } = await aProblem();
    const { checkAt } = await plan(id);
    const again = await aComplaint(service, estate);
    await service.move({ set: new Date(checkAt ?? '') });
    const [found] = await problemsOf(estate.clerk);
    expect(found).toMatchObject({ id, status: 'FOUND', round: 2, recurrenceCount: 1 });
    expect(found?.complaints.map((complaint) => complaint.id)).toContain(again);
    expect(found?.deadlines.at(-1)).toMatchObject({ kind: 'PREVENTION_PLAN', state: 'RUNNING' });
    expect((await factsOf(service, id)).map(([fact]) => fact).slice(-3)).toEqual([
      'effect-checked',
      'found',
      'deadline-started',
    ]);
    expect(await told(service, id)).toContainEqual(
      expect.objectContaining({ template: 'preventionIneffective', role: 'director' }),
    );
    expect(await problemsOf(estate.clerk, { status: ['PREVENTING'] })).toEqual([]);
  });
});
