import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestService } from '@steward/test-kit';

import { startBilling, type Estate } from './billing-fixture.ts';
import { booksOfMarch, fee, lateInMarch, type Books } from './books-fixture.ts';
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

describe('published accounts', () => {
  const input = (fromMonth: string, toMonth: string) => ({ communityId: estate.communityId, fromMonth, toMonth });
  let done: Promise<unknown> | undefined;
  const publishedMarch = () => {
    done ??= books
      .closedMarch()
      .then(() => act(service, estate.director, 'publishAccounts', input('2026-03', '2026-03'), '__typename'));
    return done;
  };

  it('[A003] are of closed months, made public by the director, once', async () => {
    await books.closedMarch();
    expect(await books.letThrough('publishAccounts', input('2026-04', '2026-04'))).toEqual(['director']);
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
    expect(await books.letThrough('draftAnnualBudget', input({ lines: [] }))).toEqual(['supervisor', 'clerk']);
    const refusal = (more: object) => reasonOf(service, estate.clerk, 'draftAnnualBudget', input(more));
    expect(await refusal({ lines: [] })).toBe('LINES_REQUIRED');
    expect([await refusal({ year: 1999 }), await refusal({ year: 2201 })]).toEqual(['YEAR_UNFIT', 'YEAR_UNFIT']);
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
    expect(await books.letThrough('approveAnnualBudget', { id, expectedVersion: 99 })).toEqual(['director']);
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
