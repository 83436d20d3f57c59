import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Viewer } from '@steward/auth';
import { newId } from '@steward/core';
import { aResidentViewer, type TestService } from '@steward/test-kit';

import { factsOf } from './work-order-views.ts';
import {
  accepted,
  act,
  anEstate,
  anOrder,
  anUpload,
  aWorker,
  completed,
  onSite,
  startWorkOrders,
  told,
  type Estate,
} from './work-orders-fixture.ts';

let service: TestService;
let estate: Estate;
let stranger: Viewer;

/** Four orders of March: one done in time and visited, one done late, one open, one withdrawn. */
beforeAll(async () => {
  service = await startWorkOrders();
  estate = await anEstate(service);
  stranger = await aWorker(service, { tenantId: estate.tenantId, communityId: newId() });
  const early = await anOrder(service, estate);
  await completed(service, estate, early);
  await accepted(service, estate, early);
  await act(service, estate.clerk, 'recordWorkOrderReturnVisit', {
    id: early,
    means: 'PHONE',
    outcome: 'SATISFIED',
    rating: 4,
  });
  const late = await anOrder(service, estate, { problemCode: 'TOILET' });
  await act(service, estate.clerk, 'assignWorkOrder', { id: late, assigneeId: estate.plumber.staffId });
  await anOrder(service, estate);
  const withdrawn = await anOrder(service, estate, {
    placeId: estate.lobbyId,
    tradeCode: 'CLEANING',
    problemCode: 'DIRTY_COMMON_AREA',
  });
  await act(service, estate.clerk, 'cancelWorkOrder', { id: withdrawn, reasonCode: 'DUPLICATE' });
  await service.move({ set: new Date('2026-03-20T01:00:00.000Z') });
  await act(service, estate.plumber, 'arriveOnSite', { id: late });
  await act(service, estate.plumber, 'completeWorkOrder', {
    id: late,
    photoFileIds: [await anUpload(service, estate, estate.plumber)],
  });
});
afterAll(() => service?.stop());

const march = {
  month: '2026-03',
  receivedCount: 4,
  completedCount: 2,
  completedInTimeCount: 1,
  timelinessRate: '0.5000',
  cancelledCount: 1,
  reworkedCount: 0,
  visitedCount: 1,
  // The second visit is not due yet.
  returnVisitRate: '1.0000',
  meanRating: '4.00',
  trades: [
    { trade: { code: 'CLEANING' }, receivedCount: 1, completedCount: 0, completedInTimeCount: 0, timelinessRate: null },
    {
      trade: { code: 'PLUMBING' },
      receivedCount: 3,
      completedCount: 2,
      completedInTimeCount: 1,
      timelinessRate: '0.5000',
    },
  ],
  parties: [{ responsibleParty: 'OWN_STAFF', completedCount: 2 }],
};
const statistics = `month receivedCount completedCount completedInTimeCount timelinessRate cancelledCount reworkedCount
  visitedCount returnVisitRate meanRating
  trades { trade { code } receivedCount completedCount completedInTimeCount timelinessRate }
  parties { responsibleParty completedCount }`;
const damages = 'building { id } trade { code } problem { code } count openCount';

const ask = (viewer: Viewer, month: string, { communityId } = estate) => {
  const query = `query ($communityId: ID!, $month: YearMonth!) {
    workOrderMonthlyStatistics(communityId: $communityId, month: $month) { ${statistics} }
    workOrderDamageSummary(communityId: $communityId, month: $month) { ${damages} }
  }`;
  return service.ok<{ workOrderMonthlyStatistics: object; workOrderDamageSummary: object[] }>(viewer, query, {
    communityId,
    month,
  });
};

describe('the figures of a month', () => {
  it('[A074] [B015] sum up what was received and done, and how much of it in time', async () => {
    expect((await ask(estate.clerk, '2026-03')).workOrderMonthlyStatistics).toEqual(march);
    expect((await ask(estate.clerk, '2026-02')).workOrderMonthlyStatistics).toMatchObject({
      receivedCount: 0,
      timelinessRate: null,
      trades: [],
    });
  });

  it('[A244] count damage by building, trade and problem, most frequent first', async () => {
    const building = { id: estate.buildingId };
    expect((await ask(estate.clerk, '2026-03')).workOrderDamageSummary).toEqual([
      { building, trade: { code: 'PLUMBING' }, problem: { code: 'TAP_OR_VALVE' }, count: 2, openCount: 1 },
      { building, trade: { code: 'PLUMBING' }, problem: { code: 'TOILET' }, count: 1, openCount: 0 },
    ]);
  });

  it('[A244] do not count as damage what was reported twice or is not the duty of the company', async () => {
    const other = await anEstate(service);
    for (const reasonCode of ['DUPLICATE', 'NOT_OUR_DUTY', 'ALREADY_REPAIRED']) {
      const id = await anOrder(service, other);
      await act(service, other.clerk, 'cancelWorkOrder', { id, reasonCode });
    }
    const { workOrderDamageSummary: found } = await ask(other.clerk, '2026-03', other);
    expect(found).toMatchObject([{ problem: { code: 'TAP_OR_VALVE' }, count: 1, openCount: 0 }]);
  });

  it('are of communities in reach alone', async () => {
    const other = await anEstate(service);
    await expect(ask(other.clerk, '2026-03')).rejects.toThrow('NOT_FOUND');
    const committee = aResidentViewer({
      roles: ['committee'],
      tenantId: estate.tenantId,
      communityIds: [estate.communityId],
    });
    expect((await ask(committee, '2026-03')).workOrderMonthlyStatistics).toMatchObject({ receivedCount: 4 });
  });
});

type Report = {
  id: string;
  number: string;
  status: string;
  month: string;
  checkedAt: string | null;
  statistics: object;
  damages: object[];
  proposals: { staffMember: { id: string }; measure: string; reason: string }[];
  deadlines: { kind: string; rule: string; dueAt: string; state: string }[];
  availableActions: { action: string; allowed: boolean }[];
};

const reportsOf = async (viewer: Viewer, filter: object = {}): Promise<Report[]> => {
  const query = `query ($filter: WorkOrderMonthlyReportFilter) {
    workOrderMonthlyReports(filter: $filter) { nodes {
      id number status month checkedAt statistics { ${statistics} } damages { ${damages} }
      proposals { staffMember { id } measure reason } deadlines { kind rule dueAt state } availableActions { action allowed }
    } }
  }`;
  return (await service.ok<{ workOrderMonthlyReports: { nodes: Report[] } }>(viewer, query, { filter }))
    .workOrderMonthlyReports.nodes;
};
const report = async (): Promise<Report> => {
  const [found] = await reportsOf(estate.supervisor, { month: ['2026-03'], communityId: estate.communityId });
  if (found === undefined) throw new Error('no report was issued');
  return found;
};

const reportMutation = (name: string): string => {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  return `mutation ($input: ${type}!) { ${name}(input: $input) { workOrderMonthlyReport { id status } } }`;
};
const refused = async (viewer: Viewer, name: string, input: object): Promise<string> =>
  (await service.refused(viewer, reportMutation(name), { input })).extensions.reason;

describe('the monthly report', () => {
  it('[A244] [B015] is issued when the last night sheet of the month may have come, with the figures as they are then', async () => {
    await service.move({ set: new Date('2026-03-31T15:00:00.000Z') });
    const atNight = await anOrder(service, estate, {
      convenientFrom: '2026-03-31T15:10:00.000Z' as never,
      convenientTo: '2026-03-31T15:50:00.000Z' as never,
    });
    await onSite(service, estate, atNight);
    await service.move({ set: new Date('2026-04-01T01:00:00.000Z') });
    expect(await reportsOf(estate.supervisor)).toEqual([]);
    await act(service, estate.plumber, 'completeWorkOrder', {
      id: atNight,
      occurredAt: '2026-03-31T15:40:00.000Z',
      photoFileIds: [await anUpload(service, estate, estate.plumber)],
    });
    await service.move({ set: new Date('2026-04-01T16:00:00.000Z') });
    const issued = await report();
    const done = { receivedCount: 4, completedCount: 3, completedInTimeCount: 2, timelinessRate: '0.6667' };
    expect(issued).toMatchObject({
      number: 'WR-20260402-0001',
      status: 'ISSUED',
      month: '2026-03',
      checkedAt: null,
      statistics: {
        ...march,
        ...done,
        receivedCount: 5,
        returnVisitRate: '0.5000',
        trades: [march.trades[0], { trade: { code: 'PLUMBING' }, ...done }],
        parties: [{ responsibleParty: 'OWN_STAFF', completedCount: 3 }],
      },
    });
    expect(issued.damages).toHaveLength(2);
    expect(issued.deadlines).toEqual([
      { kind: 'REPORT_CHECK', rule: 'A244', dueAt: '2026-04-07T16:00:00.000Z', state: 'RUNNING' },
    ]);
    expect(await factsOf(service, issued.id)).toContainEqual([
      'issued',
      { reportId: issued.id, month: '2026-03', completedCount: 3, completedInTimeCount: 2, timelinessRate: '0.6667' },
    ]);
    const departments = (await told(service, issued.id)).map(({ role, department_code }) => [role, department_code]);
    expect(departments).toEqual([
      ['supervisor', 'MAINTENANCE'],
      ['supervisor', 'CUSTOMER_SERVICE'],
    ]);
  });

  it('[A244] takes proposals for members of staff, which the director is told of', async () => {
    const { id } = await report();
    const proposal = { id, staffId: estate.plumber.staffId, measure: 'REWARD', reason: '全月无返工' };
    await service.ok(estate.supervisor, reportMutation('proposeStaffMeasure'), { input: proposal });
    expect((await report()).proposals).toEqual([
      { staffMember: { id: estate.plumber.staffId }, measure: 'REWARD', reason: '全月无返工' },
    ]);
    expect(await told(service, id)).toContainEqual(
      expect.objectContaining({ template: 'staffMeasureProposed', role: 'director' }),
    );
    const refusal = (input: object) => refused(estate.supervisor, 'proposeStaffMeasure', { ...proposal, ...input });
    expect(await refusal({ staffId: newId() })).toBe('STAFF_UNKNOWN');
    expect(await refusal({ staffId: stranger.staffId })).toBe('STAFF_NOT_OF_COMMUNITY');
    expect(await refusal({ reason: ' ' })).toBe('REASON_REQUIRED');
    expect(await refused(estate.clerk, 'proposeStaffMeasure', proposal)).toBe('ACCESS_DENIED');
  });

  it('shows proposals to supervisors and above alone', async () => {
    const query = '{ workOrderMonthlyReports { nodes { id proposals { measure } } } }';
    const { extensions } = await service.refused(estate.clerk, query);
    expect(extensions.reason).toBe('ACCESS_DENIED');
  });

  it('[A244] is checked once, by a supervisor or above', async () => {
    const { id } = await report();
    expect(await refused(estate.clerk, 'checkWorkOrderMonthlyReport', { id })).toBe('ACCESS_DENIED');
    await service.ok(estate.supervisor, reportMutation('checkWorkOrderMonthlyReport'), { input: { id } });
    expect(await report()).toMatchObject({
      status: 'CHECKED',
      checkedAt: '2026-04-01T16:00:00.000Z',
      deadlines: [{ state: 'MET' }],
      availableActions: [
        { action: 'checkWorkOrderMonthlyReport', allowed: false },
        { action: 'proposeStaffMeasure', allowed: true },
      ],
    });
    expect(await refused(estate.supervisor, 'checkWorkOrderMonthlyReport', { id })).toBe('ILLEGAL_TRANSITION');
  });

  it('[A244] is issued every month', async () => {
    await service.move({ set: new Date('2026-06-01T16:00:00.000Z') });
    const query = '{ workOrderMonthlyReports(orderBy: MONTH_ASC) { nodes { month status } } }';
    const { workOrderMonthlyReports: list } = await service.ok<{ workOrderMonthlyReports: { nodes: object[] } }>(
      estate.clerk,
      query,
    );
    expect(list.nodes).toEqual([
      { month: '2026-03', status: 'CHECKED' },
      { month: '2026-04', status: 'ISSUED' },
      { month: '2026-05', status: 'ISSUED' },
    ]);
  });
});
