import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Viewer } from '@steward/auth';
import { aStaffViewer, type TestService } from '@steward/test-kit';

import { aColleague, aFlat, anEstate, startBilling, type Estate } from './billing-fixture.ts';
import { aCharge, act, askDecorationSum, chargesFor, post, postPayment, reasonOf } from './ledger-fixture.ts';

let service: TestService;
let estate: Estate;
/** Whose report nobody goes through. */
let idle: Estate;
let paidChargeId: string;
let openChargeId: string;

/** The last day of March; the clock starts an hour before it ends. */
const march = '2026-03-31';
const lateInMarch = new Date('2026-03-31T15:00:00Z');
const fee = 'PAID_SERVICE';

/** Settled by the counter's own words, as its command leaves it. */
const settled = (id: string) =>
  service.sql(`update charge set status = 'SETTLED', settled_at = now() where id = $1`, [id]);

beforeAll(async () => {
  service = await startBilling({ now: lateInMarch });
  estate = await anEstate(service);
  idle = await anEstate(service);
  const { billingAccountId } = estate;
  paidChargeId = (await aCharge(service, estate, 10_000)).id;
  await postPayment(service, estate, { chargeId: paidChargeId, billingAccountId, amount: 10_000, on: march });
  await settled(paidChargeId);
  openChargeId = (await aCharge(service, estate, 30_000)).id;
  await postPayment(service, estate, { chargeId: openChargeId, billingAccountId, amount: 5_000, on: march });
  await post(service, estate, {
    kind: 'EXPENSE',
    on: march,
    entries: [
      { type: 'EXPENSE', chargeTypeCode: 'OFFICE', amount: 2_500 },
      { type: 'BANK', amount: -2_500 },
    ],
  });
  await post(service, estate, {
    kind: 'CASH_MOVEMENT',
    on: '2026-02-15',
    entries: [
      { type: 'BANK', amount: 700 },
      { type: 'CASH_IN_SAFE', amount: -700 },
    ],
  });
});
afterAll(() => service?.stop());

/** Moves the clock there unless it is past it: each test stands alone. */
async function until(day: string): Promise<void> {
  const at = new Date(`${day}T00:00:01+08:00`);
  if ((await service.now()) < at) await service.move({ set: at });
}

let marchClosed: Promise<{ height: number; hash: string }> | undefined;

/** Closes February and March once. */
const closedMarch = () => {
  const close = async (month: string) => {
    type Closed = { ledgerPeriod: { height: number; hash: string } };
    const input = { communityId: estate.communityId, month };
    const selection = 'ledgerPeriod { month height hash }';
    const closer = estate.administrativeSupervisor;
    return (await act<Closed>(service, closer, 'closeLedgerPeriod', input, selection)).ledgerPeriod;
  };
  marchClosed ??= until('2026-04-01').then(async () => {
    await close('2026-02');
    return close('2026-03');
  });
  return marchClosed;
};

type Role =
  'director' | 'deputyDirector' | 'administrativeSupervisor' | 'supervisor' | 'clerk' | 'cashier' | 'guard' | 'analyst';
const everyone: readonly Role[] = [
  'director',
  'deputyDirector',
  'administrativeSupervisor',
  'supervisor',
  'clerk',
  'cashier',
  'guard',
  'analyst',
];

/** Who is let through to the rules of a mutation: the others are refused before. */
async function letThrough(mutation: string, input: object): Promise<Role[]> {
  const passed: Role[] = [];
  for (const role of everyone) {
    const reason = await reasonOf(service, aColleague(estate, role), mutation, input);
    if (reason !== 'ACCESS_DENIED') passed.push(role);
  }
  return passed;
}

const verified = async (viewer: Viewer = estate.director) => {
  const document = `query ($communityId: ID!) { verifyLedger(communityId: $communityId) {
    isIntact height hash findings { finding height subject } } }`;
  type Answer = { verifyLedger: { isIntact: boolean; height: number; hash: string; findings: { finding: string }[] } };
  return (await service.ok<Answer>(viewer, document, { communityId: estate.communityId })).verifyLedger;
};

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
    await until('2026-04-01');
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
    await until('2026-04-01');
    const [report] = await reportsOf('MONTH');
    const input = { id: report?.id, plan: 'Call every owner in building 3', meetingOn: '2026-04-01' };
    expect(await letThrough('reviewCollectionReport', { ...input, plan: ' ' })).toEqual(['director', 'supervisor']);
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
    await until('2026-04-01');
    const [report] = await reportsOf('MONTH', idle);
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

describe('the head of the chain', () => {
  it('[A232] is told every day on which something is in the books, and the books are compared', async () => {
    await until('2026-04-02');
    const heads = (await service.events('steward.billing.ledger-head.published.v1')).filter(
      ({ data }) => data['communityId'] === estate.communityId,
    );
    expect(heads[0]?.data).toMatchObject({ on: '2026-03-31' });
    const { height, hash } = await verified();
    expect(heads.at(-1)?.data).toMatchObject({ height, hash });
    const made = (await service.events('steward.billing.book-reconciliation.made.v1')).filter(
      ({ data }) => data['communityId'] === estate.communityId,
    );
    expect(made.length).toBe(heads.length);
    expect(made.every(({ data }) => data['isClean'] === true)).toBe(true);
  });
});

describe('comparing and closing', () => {
  const close = (month: string) => ({ communityId: estate.communityId, month });

  it('[A232] the books are compared by cashier, clerk or supervisor; owner fees and services agree with the ledger', async () => {
    const input = { communityId: estate.communityId };
    expect(await letThrough('reconcileBooks', input)).toEqual(['supervisor', 'clerk', 'cashier']);
    type Made = {
      bookReconciliation: {
        isClean: boolean;
        checks: { book: string; bookAmount: { amount: number }; ledgerAmount: { amount: number } }[];
      };
    };
    const selection =
      'bookReconciliation { isClean findings { finding } checks { book bookAmount { amount } ledgerAmount { amount } } }';
    const { bookReconciliation } = await act<Made>(service, estate.cashier, 'reconcileBooks', input, selection);
    expect(bookReconciliation.isClean).toBe(true);
    const owners = bookReconciliation.checks.find(({ book }) => book === 'OWNER_FEES');
    expect(owners).toMatchObject({ bookAmount: { amount: 40_000 }, ledgerAmount: { amount: 40_000 } });
  });

  it('[B050] what was agreed for paid services is what was charged for them', async () => {
    type Made = {
      bookReconciliation: {
        checks: { book: string; bookAmount: { amount: number }; ledgerAmount: { amount: number } }[];
      };
    };
    const selection = 'bookReconciliation { checks { book bookAmount { amount } ledgerAmount { amount } } }';
    const { bookReconciliation } = await act<Made>(
      service,
      estate.clerk,
      'reconcileBooks',
      { communityId: estate.communityId },
      selection,
    );
    const services = bookReconciliation.checks.find(({ book }) => book === 'PAID_SERVICES');
    expect(services).toMatchObject({ bookAmount: { amount: 40_000 }, ledgerAmount: { amount: 40_000 } });
  });

  it('[A232] books that differ are told of and not closed', async () => {
    await until('2026-04-01');
    const home = await anEstate(service);
    const charge = await aCharge(service, home, 1_000);
    await service.sql(`update charge set status = 'SETTLED', settled_at = now() where id = $1`, [charge.id]);
    const month = '2026-03';
    expect(await reasonOf(service, home.director, 'closeLedgerPeriod', { communityId: home.communityId, month })).toBe(
      'BOOKS_DIFFER',
    );
    const selection = 'bookReconciliation { isClean findings { finding subject } }';
    expect(await act(service, home.clerk, 'reconcileBooks', { communityId: home.communityId }, selection)).toEqual({
      bookReconciliation: { isClean: false, findings: [{ finding: 'CHARGE_ALTERED', subject: charge.id }] },
    });
    const told = await service.sql<{ role: string }>(
      `select role from notification where template = 'booksDiffer' and community_id = $1 order by 1`,
      [home.communityId],
    );
    expect(told.map(({ role }) => role)).toEqual(['director', 'supervisor']);
  });

  it('[A232] a month is closed by administration or the director, when it is over, in order and once', async () => {
    await until('2026-04-01');
    expect(await letThrough('closeLedgerPeriod', close('2026-09'))).toEqual(['director', 'administrativeSupervisor']);
    const refusal = (month: string) => reasonOf(service, estate.director, 'closeLedgerPeriod', close(month));
    expect(await refusal('2026-04')).toBe('PERIOD_NOT_OVER');
    expect(await refusal('2026-03')).toBe('PERIOD_BEFORE_OPEN');
    const { height, hash } = await verified();
    expect(await closedMarch()).toEqual({ month: '2026-03', height, hash });
    expect(await refusal('2026-03')).toBe('PERIOD_CLOSED');
  });

  it('a closed month takes nothing in, by whatever way', async () => {
    const on = '2026-03-31';
    await closedMarch();
    const entries = [
      { type: 'BANK', amount: 5 },
      { type: 'CASH_IN_SAFE', amount: -5 },
    ];
    await expect(post(service, estate, { kind: 'PAYMENT', on, entries })).rejects.toThrow('the period is closed');
    const input = { id: openChargeId, reasonCode: 'DUPLICATE', occurredOn: on };
    expect(await reasonOf(service, estate.supervisor, 'reverseCharge', input)).toBe('PERIOD_CLOSED');
    await post(service, estate, { kind: 'PAYMENT', on: '2026-04-01', entries });
  });

  it('a balance is the closed one and what came since, the same as all postings together', async () => {
    await closedMarch();
    const balances = await service.sql<{ differs: boolean }>(
      `select ledger_balance(a.id) <> coalesce((select sum(amount) from ledger_posting where account_id = a.id), 0) as differs
         from ledger_account a where community_id = $1`,
      [estate.communityId],
    );
    expect(balances.length).toBeGreaterThan(3);
    expect(balances.some(({ differs }) => differs)).toBe(false);
    const document = `query ($communityId: ID!, $before: LocalDate) { ledgerBalances(communityId: $communityId, before: $before) {
      accountType chargeType { code } balance { amount } } }`;
    type Answer = { ledgerBalances: { accountType: string; balance: { amount: number } }[] };
    const at = async (before: string | null) => {
      const { ledgerBalances } = await service.ok<Answer>(estate.analyst, document, {
        communityId: estate.communityId,
        before,
      });
      return ledgerBalances.find(({ accountType }) => accountType === 'BANK')?.balance.amount;
    };
    expect([await at('2026-03-01'), await at('2026-04-01'), await at(null)]).toEqual([700, -1_800, expect.any(Number)]);
  });
});

describe('published accounts', () => {
  const input = (fromMonth: string, toMonth: string) => ({ communityId: estate.communityId, fromMonth, toMonth });
  let done: Promise<unknown> | undefined;
  const publishedMarch = () => {
    done ??= closedMarch().then(() =>
      act(service, estate.director, 'publishAccounts', input('2026-03', '2026-03'), '__typename'),
    );
    return done;
  };

  it('[A003] are of closed months, made public by the director, once', async () => {
    await closedMarch();
    expect(await letThrough('publishAccounts', input('2026-04', '2026-04'))).toEqual(['director']);
    const refusal = (from: string, to: string) =>
      reasonOf(service, estate.director, 'publishAccounts', input(from, to));
    expect(await refusal('2026-03', '2026-04')).toBe('PERIOD_OPEN');
    expect(await refusal('2026-03', '2026-02')).toBe('PERIOD_ENDS_BEFORE');
    await publishedMarch();
    expect(await refusal('2026-03', '2026-03')).toBe('PUBLISHED_ALREADY');
  });

  it('[A003] each figure opens to the postings that it is the sum of, for residents too', async () => {
    await publishedMarch();
    const document = `query ($communityId: ID!) { publishedAccounts(filter: { communityId: $communityId }) { nodes {
      income { amount } expenditure { amount } height hash figures { accountType chargeType { code } amount { amount }
        postings(first: 1) { totalCount pageInfo { hasNextPage endCursor } nodes { amount { amount } kind causeId } } } } } }`;
    type Figure = {
      accountType: string;
      amount: { amount: number };
      postings: { totalCount: number; pageInfo: { hasNextPage: boolean }; nodes: { amount: { amount: number } }[] };
    };
    type Answer = {
      publishedAccounts: {
        nodes: { income: { amount: number }; expenditure: { amount: number }; figures: Figure[] }[];
      };
    };
    for (const viewer of [estate.resident, estate.director]) {
      const { publishedAccounts } = await service.ok<Answer>(viewer, document, { communityId: estate.communityId });
      const [accounts] = publishedAccounts.nodes;
      expect(accounts).toMatchObject({ income: { amount: 40_000 }, expenditure: { amount: 2_500 } });
      expect(accounts?.figures).toMatchObject([
        {
          accountType: 'REVENUE',
          amount: { amount: 40_000 },
          postings: { totalCount: 2, pageInfo: { hasNextPage: true } },
        },
        {
          accountType: 'EXPENSE',
          amount: { amount: 2_500 },
          postings: { totalCount: 1, nodes: [{ amount: { amount: 2_500 } }] },
        },
      ]);
    }
  });

  it('[A003] the pages of a figure together are its amount', async () => {
    await publishedMarch();
    const document = `query ($communityId: ID!, $after: String) { publishedAccounts(filter: { communityId: $communityId }) { nodes {
      figures { amount { amount } postings(first: 1, after: $after) { pageInfo { endCursor } nodes { amount { amount } } } } } } }`;
    type Answer = {
      publishedAccounts: {
        nodes: {
          figures: { postings: { pageInfo: { endCursor: string }; nodes: { amount: { amount: number } }[] } }[];
        }[];
      };
    };
    const page = async (after: string | null) => {
      const { publishedAccounts } = await service.ok<Answer>(estate.clerk, document, {
        communityId: estate.communityId,
        after,
      });
      return publishedAccounts.nodes[0]?.figures[0]?.postings;
    };
    const first = await page(null);
    const second = await page(first?.pageInfo.endCursor ?? null);
    const amounts = [...(first?.nodes ?? []), ...(second?.nodes ?? [])].map(({ amount }) => amount.amount);
    expect(amounts.toSorted((one, other) => one - other)).toEqual([-30_000, -10_000]);
  });
});

describe('the budget of a year', () => {
  const lines = [
    { accountType: 'REVENUE', code: fee, amount: 50_000 },
    { accountType: 'EXPENSE', code: 'OFFICE', amount: 3_000 },
  ];
  const input = (more: object = {}) => ({ communityId: estate.communityId, year: 2026, lines, ...more });

  it('[A015] is drawn up by clerk or supervisor and approved by the director, and then stays', async () => {
    expect(await letThrough('draftAnnualBudget', input({ lines: [] }))).toEqual(['supervisor', 'clerk']);
    const refusal = (more: object) => reasonOf(service, estate.clerk, 'draftAnnualBudget', input(more));
    expect(await refusal({ lines: [] })).toBe('LINES_REQUIRED');
    expect(await refusal({ lines: [lines[0], lines[0]] })).toBe('LINE_REPEATED');
    expect(await refusal({ lines: [{ ...lines[0], amount: -1 }] })).toBe('AMOUNT_NEGATIVE');
    expect(await refusal({ lines: [{ ...lines[0], code: 'office' }] })).toBe('CODE_MALFORMED');
    const selection = 'annualBudget { id version status }';
    type Drafted = { annualBudget: { id: string; version: number; status: string } };
    const first = await act<Drafted>(
      service,
      estate.clerk,
      'draftAnnualBudget',
      input({ lines: [lines[0]] }),
      selection,
    );
    const drafted = await act<Drafted>(service, estate.clerk, 'draftAnnualBudget', input(), selection);
    expect(drafted.annualBudget).toEqual({ id: first.annualBudget.id, version: 2, status: 'DRAFT' });
    const { id } = drafted.annualBudget;
    expect(await letThrough('approveAnnualBudget', { id, expectedVersion: 99 })).toEqual(['director']);
    await act(service, estate.director, 'approveAnnualBudget', { id }, selection);
    expect(await reasonOf(service, estate.director, 'approveAnnualBudget', { id })).toBe('ILLEGAL_TRANSITION');
    expect(await refusal({})).toBe('ILLEGAL_TRANSITION');
  });

  it('[A015] stands beside what the ledger says, this year and the last', async () => {
    const comparison = 'accountType code { code } planned { amount } actual { amount } lastYear { amount }';
    const document = `query ($communityId: ID!) { annualBudgets(filter: { communityId: $communityId }) { nodes {
        year status comparison { ${comparison} } } }
      budgetData(communityId: $communityId, year: 2027) { ${comparison} } }`;
    type Answer = { annualBudgets: { nodes: { comparison: object[] }[] }; budgetData: object[] };
    const { annualBudgets, budgetData } = await service.ok<Answer>(estate.clerk, document, {
      communityId: estate.communityId,
    });
    expect(annualBudgets.nodes[0]).toMatchObject({
      status: 'APPROVED',
      comparison: [
        { code: { code: fee }, planned: { amount: 50_000 }, actual: { amount: 40_000 }, lastYear: { amount: 0 } },
        { code: { code: 'OFFICE' }, planned: { amount: 3_000 }, actual: { amount: 2_500 } },
      ],
    });
    expect(budgetData).toMatchObject([
      { code: { code: fee }, planned: { amount: 0 }, actual: { amount: 0 }, lastYear: { amount: 40_000 } },
      { code: { code: 'OFFICE' }, lastYear: { amount: 2_500 } },
    ]);
  });
});

describe('roles', () => {
  it('[A013] a charge is taken back by supervisor or director', async () => {
    expect(await letThrough('reverseCharge', { id: openChargeId, reasonCode: 'NONE' })).toEqual([
      'director',
      'supervisor',
    ]);
  });

  it('the chain is verified by who reads the books and by the committee; not by residents', async () => {
    const committee = aStaffViewer({
      roles: ['committee'],
      tenantId: estate.tenantId,
      communityIds: [estate.communityId],
    });
    expect((await verified(committee)).findings).toEqual([]);
    const document = `query ($communityId: ID!) { verifyLedger(communityId: $communityId) { isIntact } }`;
    const { extensions } = await service.refused(estate.resident, document, { communityId: estate.communityId });
    expect(extensions.code).toBe('FORBIDDEN');
  });
});

describe('alterations', () => {
  /** What somebody does who has the database and switches its guards off. */
  const tamper = async (sql: string, params: unknown[]): Promise<string[]> => {
    await service.sql(`do $do$ begin set session_replication_role = replica; end $do$`, []);
    try {
      await service.sql(sql, params);
      return (await verified()).findings.map(({ finding }) => finding);
    } finally {
      await service.sql(`do $do$ begin set session_replication_role = origin; end $do$`, []);
    }
  };

  it('of an amount, of who owes and of a charge are found, each at its place', async () => {
    const { communityId } = estate;
    expect((await verified()).isIntact).toBe(true);
    const [deposit] = await chargesFor(
      service,
      estate.clerk,
      await askDecorationSum(service, estate, 'DECORATION_DEPOSIT', 700),
    );
    const other = await aFlat(service, estate, '9/1/101');
    expect(
      await tamper(
        `with sum as (select transaction_id from ledger_posting where charge_id = $1)
         update ledger_posting set amount = amount * 2 where transaction_id in (select transaction_id from sum)`,
        [deposit?.id],
      ),
    ).toEqual(expect.arrayContaining(['BLOCK_ALTERED', 'CHARGE_ALTERED']));
    await tamper(
      `update ledger_posting set amount = amount / 2 where transaction_id in (
      select transaction_id from ledger_posting where charge_id = $1)`,
      [deposit?.id],
    );
    expect((await verified()).isIntact).toBe(true);
    await expect(
      tamper('update ledger_account set billing_account_id = $1 where community_id = $2 and type = $3', [
        other.billingAccountId,
        communityId,
        'DEPOSIT',
      ]),
    ).rejects.toThrow('ledger_account_content');
  });
});
