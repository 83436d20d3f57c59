import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestService } from '@steward/test-kit';

import { startBilling, type Estate } from './billing-fixture.ts';
import { booksOfMarch, fee, lateInMarch, march, type Books } from './books-fixture.ts';
import { act, reasonOf } from './ledger-fixture.ts';

let service: TestService;
let books: Books;
let estate: Estate;

beforeAll(async () => {
  service = await startBilling({ now: lateInMarch });
  books = await booksOfMarch(service);
  ({ estate } = books);
});
afterAll(() => service?.stop());

describe('arrears and collection', () => {
  const statistics = `query ($communityId: ID!, $from: LocalDate!, $to: LocalDate!) {
    collectionStatistics(communityId: $communityId, from: $from, to: $to) {
      charged { amount } collected { amount } collectionRate received { amount }
      chargeTypes { chargeType { code } chargeCount charged { amount } collected { amount } collectionRate received { amount } }
      arrears { amount { amount } billingAccountCount } } }`;
  type Statistics = { collectionStatistics: Record<string, unknown> };
  const figures = async (from: string, to: string) =>
    (await service.ok<Statistics>(estate.analyst, statistics, { communityId: estate.communityId, from, to }))
      .collectionStatistics;

  it('[A013] [A254] charged, collected of it and its rate, by charge type, to the cent', async () => {
    expect(await figures('2026-03-01', '2026-04-01')).toMatchObject({
      charged: { amount: 40_000 },
      collected: { amount: 15_000 },
      collectionRate: '0.3750',
      received: { amount: 15_000 },
      chargeTypes: [
        {
          chargeType: { code: fee },
          chargeCount: 2,
          charged: { amount: 40_000 },
          collected: { amount: 15_000 },
          collectionRate: '0.3750',
        },
      ],
    });
    expect(await figures('2026-02-01', '2026-03-01')).toMatchObject({
      charged: { amount: 0 },
      collectionRate: null,
      chargeTypes: [],
    });
    const { extensions } = await service.refused(estate.analyst, statistics, {
      communityId: estate.communityId,
      from: march,
      to: march,
    });
    expect(extensions.reason).toBe('PERIOD_ENDS_BEFORE');
  });

  const arrears = `query ($communityId: ID!, $on: LocalDate) { arrearsStatistics(communityId: $communityId, on: $on) {
    countedOn amount { amount } billingAccountCount chargeTypes { key amount { amount } chargeCount }
    buildings { key amount { amount } } ages { key amount { amount } } } }`;
  type Arrears = { arrearsStatistics: { amount: { amount: number }; ages: { key: string }[] } };
  const owed = async (on: string | null) =>
    (await service.ok<Arrears>(estate.cashier, arrears, { communityId: estate.communityId, on })).arrearsStatistics;

  it('[A235] arrears of the whole area by charge type, building and age, from the day after they were due', async () => {
    expect((await owed(null)).amount.amount).toBe(0);
    expect(await owed('2026-04-01')).toMatchObject({
      amount: { amount: 25_000 },
      billingAccountCount: 1,
      chargeTypes: [{ key: fee, amount: { amount: 25_000 }, chargeCount: 1 }],
      buildings: [{ key: '3', amount: { amount: 25_000 } }],
      ages: [{ key: '0-90' }],
    });
  });

  it('[A235] an age ends with its last day: 90 days are recent, 365 are not long', async () => {
    const ages = async (on: string) => (await owed(on)).ages.map(({ key }) => key);
    expect(await ages('2026-06-29')).toEqual(['0-90']);
    expect(await ages('2026-06-30')).toEqual(['90-365']);
    expect(await ages('2027-03-31')).toEqual(['90-365']);
    expect(await ages('2027-04-01')).toEqual(['>365']);
  });
});

describe('reports', () => {
  const reports = `query ($communityId: ID!, $period: CollectionReportPeriod!) {
    collectionReports(filter: { communityId: $communityId, period: $period }) { nodes {
      id status period startsOn endsOn plan meetingOn deadlines { kind rule dueAt warnAt state breachedAt }
      statistics { charged { amount } received { amount } collectionRate arrears { amount { amount } } }
      availableActions { action allowed } } } }`;
  type Report = {
    id: string;
    status: string;
    startsOn: string;
    endsOn: string;
    statistics: {
      received: { amount: number };
      collectionRate: string | null;
      arrears: { amount: { amount: number } };
    };
    deadlines: { kind: string; rule: string; dueAt: string; warnAt: string; state: string }[];
  };
  const reportsOf = async (period: 'DAY' | 'MONTH', where = estate): Promise<Report[]> => {
    type Answer = { collectionReports: { nodes: Report[] } };
    return (await service.ok<Answer>(where.director, reports, { communityId: where.communityId, period }))
      .collectionReports.nodes;
  };
  const told = (template: string, communityId: string) =>
    service.sql<{ role: string; department: string | null }>(
      `select role, department_code as department from notification
        where template = $1 and community_id = $2`,
      [template, communityId],
    );

  it('[B011] what was collected goes to the supervisor every day at its end', async () => {
    await service.move({ set: new Date('2026-03-31T15:59:59Z') });
    expect(await reportsOf('DAY')).toEqual([]);
    await service.move({ set: new Date('2026-03-31T16:00:01Z') });
    const [report, ...more] = await reportsOf('DAY');
    expect(more).toEqual([]);
    expect(report).toMatchObject({ startsOn: '2026-03-31', endsOn: '2026-04-01', deadlines: [] });
    expect(report?.statistics.received.amount).toBe(15_000);
    expect(await told('collectionDay', estate.communityId)).toEqual([
      { role: 'supervisor', department: 'CUSTOMER_SERVICE' },
    ]);
  });

  it('[A254] [A235] the month goes to the director with rates and arrears; the plan is due in 5 days', async () => {
    await books.until('2026-04-01');
    const [report] = await reportsOf('MONTH');
    expect(report).toMatchObject({ startsOn: '2026-03-01', endsOn: '2026-04-01', status: 'ISSUED' });
    expect(report?.statistics).toMatchObject({ collectionRate: '0.3750', arrears: { amount: { amount: 25_000 } } });
    expect(await told('collectionMonth', estate.communityId)).toEqual([{ role: 'director', department: null }]);
    const [clock] = report?.deadlines ?? [];
    expect(clock).toMatchObject({ kind: 'REPORT_REVIEW', rule: 'A235', state: 'RUNNING' });
    // A day counts to its end (settled reading 2): of the fifth day after the first of April; the warning after 80 %.
    expect(clock?.dueAt).toBe('2026-04-06T16:00:00.000Z');
    expect(clock?.warnAt).toBe('2026-04-05T11:12:00.000Z');
  });

  it('[A235] gone through by supervisor or director in a meeting after the month, with a plan', async () => {
    await books.until('2026-04-01');
    const [report] = await reportsOf('MONTH');
    const input = { id: report?.id, plan: 'Call every owner in building 3', meetingOn: '2026-04-01' };
    expect(await books.letThrough('reviewCollectionReport', { ...input, plan: ' ' })).toEqual([
      'director',
      'supervisor',
    ]);
    const refusal = (more: object) =>
      reasonOf(service, estate.supervisor, 'reviewCollectionReport', { ...input, ...more });
    expect(await refusal({ plan: ' ' })).toBe('TEXT_REQUIRED');
    expect(await refusal({ meetingOn: '2026-03-31' })).toBe('MEETING_BEFORE_REPORT');
    expect(await refusal({ meetingOn: '2026-04-02' })).toBe('IN_THE_FUTURE');
    const selection = 'collectionReport { status plan meetingOn deadlines { state } }';
    expect(await act(service, estate.supervisor, 'reviewCollectionReport', input, selection)).toEqual({
      collectionReport: {
        status: 'REVIEWED',
        plan: input.plan,
        meetingOn: '2026-04-01',
        deadlines: [{ state: 'MET' }],
      },
    });
    expect(await refusal({})).toBe('ILLEGAL_TRANSITION');
    const sealed = await service.sql<{ plan: string }>(
      'select plan_sealed as plan from collection_report where id = $1',
      [report?.id],
    );
    expect(sealed[0]?.plan).not.toContain('building');
  });

  it('[A235] who does not make the plan is reminded: the supervisor at the end, the director at twice the time', async () => {
    await books.until('2026-04-01');
    const [report] = await reportsOf('MONTH', books.idle);
    const roles = async (template: string) =>
      (
        await service.sql<{ role: string }>(`select role from notification where template = $1 and aggregate_id = $2`, [
          template,
          report?.id,
        ])
      ).map(({ role }) => role);
    await service.move({ set: new Date('2026-04-05T11:11:59Z') });
    expect(await roles('deadlineWarned')).toEqual([]);
    await service.move({ set: new Date('2026-04-05T11:12:01Z') });
    expect(await roles('deadlineWarned')).toEqual(['supervisor']);
    await service.move({ set: new Date('2026-04-06T16:00:01Z') });
    expect(await roles('deadlineBreached')).toEqual(['supervisor']);
    await service.move({ set: new Date('2026-04-12T15:59:59Z') });
    expect(await roles('deadlineEscalated')).toEqual([]);
    await service.move({ set: new Date('2026-04-12T16:00:01Z') });
    expect(await roles('deadlineEscalated')).toEqual(['director']);
  });
});
