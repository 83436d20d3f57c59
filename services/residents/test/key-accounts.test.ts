import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@steward/core';
import { complaintRegistered } from '@steward/events';
import type { TestService } from '@steward/test-kit';

import { reasonsOf, toldOf } from './passes-fixture.ts';
import { acting, staffOf } from './procedure-fixture.ts';
import {
  aCommunity,
  aCompany,
  aHousehold,
  change,
  enterPlaces,
  factsAfter,
  startResidents,
  type Company,
} from './residents-fixture.ts';

let service: TestService;
let company: Company;

beforeAll(async () => {
  service = await startResidents();
  company = await aCompany(service);
});
afterAll(() => service?.stop());

const visits = () => acting(service, 'keyAccountVisit', 'id status');

type Visit = {
  id: string;
  segment: string;
  status: string;
  dueOn: string;
  attemptCount: number;
  opinion: string | null;
  complaintId: string | null;
  deadlines: { kind: string; rule: string; state: string; dueAt: string }[];
};

async function visitsOf(householdId: string, viewer = company.clerk): Promise<Visit[]> {
  const document = `query ($filter: KeyAccountVisitFilter) { keyAccountVisits(filter: $filter) { nodes {
    id segment status dueOn attemptCount outcome means opinion visitedBy { id } complaintId
    deadlines { kind rule state dueAt } availableActions { action allowed } } } }`;
  const variables = { filter: { householdId } };
  return (await service.ok<{ keyAccountVisits: { nodes: Visit[] } }>(viewer, document, variables)).keyAccountVisits
    .nodes;
}

const day = 24 * 3_600_000;

/** Midnight in Shanghai, so many days after today. */
async function midnightAfter(days: number): Promise<Date> {
  const today = new Date((await service.now()).getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
  return new Date(Date.parse(`${today}T00:00:00+08:00`) + days * day);
}

async function aDueVisit(): Promise<{ householdId: string; visit: Visit }> {
  const { id } = await aHousehold(service, company, { segment: 'MAIN_MERCHANT', isKeyAccount: true });
  await service.move({ set: await midnightAfter(30) });
  const [visit] = await visitsOf(id);
  return { householdId: id, visit: visit as Visit };
}

/** Complaints say that one of a household was entered. */
async function complain(householdId: string): Promise<string> {
  const complaintId = newId();
  const nothing = { placeId: null, unitId: null, buildingId: null, source: null };
  const data = {
    complaintId,
    number: 'TS-20260302-0001',
    nature: 'COMPLAINT' as const,
    grade: 'IMPORTANT' as const,
    channelCode: 'VISIT',
    categoryCode: 'SERVICE_ATTITUDE',
    departmentCode: 'CUSTOMER_SERVICE',
    departmentCodes: ['CUSTOMER_SERVICE'],
    householdId,
    isHarmOngoing: false,
    receivedAt: '2026-03-02T01:00:00.000Z',
    ...nothing,
  };
  const { tenantId, communityId } = company;
  await service.wire.send(complaintRegistered, { tenantId, communityId, aggregateId: complaintId, data });
  await service.settle();
  return complaintId;
}

describe('return visits of key accounts', () => {
  it.each([
    ['MAIN_MERCHANT', 30],
    ['SMALL_MERCHANT', 60],
    ['RESIDENT', 90],
  ] as const)('[A204] a %s is visited every %i days, within seven', async (segment, days) => {
    const { id } = await aHousehold(service, company, { segment, isKeyAccount: true });
    const opensAt = await midnightAfter(days);
    await service.move({ set: new Date(opensAt.getTime() - 1) });
    expect(await visitsOf(id)).toEqual([]);
    await service.move({ set: opensAt });
    const [visit] = await visitsOf(id);
    const dueAt = new Date(opensAt.getTime() + 8 * day).toISOString();
    expect(visit).toMatchObject({ segment, status: 'DUE', attemptCount: 0 });
    expect(visit?.dueOn).toBe(new Date(opensAt.getTime() + 7.5 * day).toISOString().slice(0, 10));
    expect(visit?.deadlines).toEqual([{ kind: 'KEY_ACCOUNT_VISIT', rule: 'A204', state: 'RUNNING', dueAt }]);
    expect((await toldOf(service, visit?.id ?? '')).map(({ template, role }) => [template, role])).toEqual([
      ['keyAccountVisitDue', 'clerk'],
    ]);
  });

  it('[A204] a visit keeps the opinion, stays due while nobody is reached, and the next one follows', async () => {
    const { householdId, visit } = await aDueVisit();
    const { act, refusal } = visits();
    const { id } = visit;
    const bare = { id, outcome: 'SATISFIED', means: 'PHONE' };
    expect(reasonsOf(await refusal(company.clerk, 'recordKeyAccountVisit', bare))).toEqual(['TEXT_REQUIRED A204']);
    const missed = { id, outcome: 'UNREACHABLE', means: 'PHONE' };
    expect(await act(company.clerk, 'recordKeyAccountVisit', missed)).toMatchObject({ status: 'DUE' });
    await act(company.clerk, 'recordKeyAccountVisit', { ...bare, opinion: '希望延长营业时间' });
    expect((await visitsOf(householdId))[0]).toMatchObject({
      status: 'DONE',
      attemptCount: 1,
      opinion: '希望延长营业时间',
      deadlines: [{ state: 'MET' }],
    });
    expect((await refusal(company.clerk, 'recordKeyAccountVisit', bare)).reason).toBe('ILLEGAL_TRANSITION');
    expect(JSON.stringify(await service.events())).not.toContain('希望延长营业时间');
    const cashier = staffOf(company, 'cashier');
    const [seen] = await visitsOf(householdId, cashier);
    expect([seen?.status, seen?.opinion]).toEqual(['DONE', null]);
    await service.move({ set: await midnightAfter(30) });
    expect((await visitsOf(householdId)).map(({ status }) => status)).toEqual(['DUE', 'DONE']);
  });

  it('[A204] dissatisfaction becomes a complaint within a day, and its fact closes the visit', async () => {
    const { householdId, visit } = await aDueVisit();
    const { act } = visits();
    const told = { id: visit.id, outcome: 'UNSATISFIED', means: 'IN_PERSON', opinion: '保洁不到位' };
    await act(company.clerk, 'recordKeyAccountVisit', told);
    const [waiting] = await visitsOf(householdId);
    const dueAt = new Date((await service.now()).getTime() + day).toISOString();
    expect(waiting).toMatchObject({ status: 'COMPLAINT_AWAITED', complaintId: null });
    expect(waiting?.deadlines[1]).toEqual({ kind: 'KEY_ACCOUNT_COMPLAINT', rule: 'A204', state: 'RUNNING', dueAt });
    await complain(newId());
    expect((await visitsOf(householdId))[0]?.status).toBe('COMPLAINT_AWAITED');
    const complaintId = await complain(householdId);
    expect((await visitsOf(householdId))[0]).toMatchObject({
      status: 'DONE',
      complaintId,
      deadlines: [{}, { state: 'MET' }],
    });
    await complain(householdId);
    expect((await visitsOf(householdId))[0]?.complaintId).toBe(complaintId);
    const facts = (await factsAfter(service, visit.id, 0)).map(([type]) => type.split('.')[1]);
    expect(facts).toEqual(expect.arrayContaining(['due', 'recorded', 'complained']));
  });

  it('[A204] an overdue visit goes to the supervisor and later to the director', async () => {
    const { visit } = await aDueVisit();
    await service.move({ set: new Date(Date.parse(visit.deadlines[0]?.dueAt ?? '') + 1) });
    expect((await toldOf(service, visit.id)).at(-1)).toMatchObject({
      template: 'deadlineBreached',
      role: 'supervisor',
    });
    await service.move({ set: await midnightAfter(8) });
    expect((await toldOf(service, visit.id)).at(-1)).toMatchObject({ template: 'deadlineEscalated', role: 'director' });
  });

  it('[A204] ends with the key account, and follows its segment', async () => {
    const { householdId } = await aDueVisit();
    await service.ok(company.clerk, change('changeHouseholdKeyAccount'), {
      input: { id: householdId, isKeyAccount: false },
    });
    expect((await visitsOf(householdId))[0]).toMatchObject({
      status: 'CANCELLED',
      deadlines: [{ state: 'CANCELLED' }],
    });
    await service.ok(company.clerk, change('changeHouseholdKeyAccount'), {
      input: { id: householdId, isKeyAccount: true },
    });
    await service.ok(company.clerk, change('changeHouseholdSegment'), {
      input: { id: householdId, segment: 'RESIDENT' },
    });
    await service.move({ set: await midnightAfter(60) });
    expect(await visitsOf(householdId)).toHaveLength(1);
    await service.move({ set: await midnightAfter(30) });
    expect((await visitsOf(householdId))[0]).toMatchObject({ segment: 'RESIDENT', status: 'DUE' });
  });
});

describe('the floor area of a community', () => {
  type Area = { builtAreaM2: string | null; floorArea: object };
  const areaOf = async (id: string): Promise<Area> => {
    const document = `query ($id: ID!) { community(id: $id) { builtAreaM2 floorArea {
      siteM2 countedM2 unitCount unmeasuredUnitCount usages { usage unitCount areaM2 } deviationM2 deviationShare
      isDeviating } } }`;
    return (await service.ok<{ community: Area }>(company.director, document, { id })).community;
  };

  it('[A201] is counted from the units and compared with the 40,000 m² of the site', async () => {
    const communityId = await aCommunity(service, company.director, { builtAreaM2: '40000' });
    const clerk = { ...company.clerk, communityIds: [communityId] };
    const unit = (code: string, usage: 'SHOP' | 'RESIDENTIAL', areaM2: string | null) =>
      ({ parentPath: '1', code, kind: 'UNIT', usage, areaM2 }) as const;
    const rows = [
      { code: '1', kind: 'BUILDING' as const, areaM2: '99999' },
      unit('101', 'RESIDENTIAL', '38000.5'),
      unit('102', 'SHOP', '799.5'),
      unit('103', 'SHOP', null),
    ];
    await enterPlaces(service, { ...company, communityId }, rows, clerk);
    const counted = {
      siteM2: '40000',
      countedM2: '38800',
      unitCount: 3,
      unmeasuredUnitCount: 1,
      usages: [
        { usage: 'RESIDENTIAL', unitCount: 1, areaM2: '38000.5' },
        { usage: 'SHOP', unitCount: 2, areaM2: '799.5' },
      ],
    };
    // Three per cent, which is what is tolerated.
    const within = { deviationM2: '-1200', deviationShare: '-0.0300', isDeviating: false };
    expect((await areaOf(communityId)).floorArea).toEqual({ ...counted, ...within });
    await enterPlaces(service, { ...company, communityId }, [unit('104', 'SHOP', '2400.01')], clerk);
    expect((await areaOf(communityId)).floorArea).toMatchObject({
      countedM2: '41200.01',
      deviationShare: '0.0300',
      isDeviating: true,
    });
  });
});
