import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aStaffViewer, type TestService } from '@steward/test-kit';

import { aFlat, anEstate, startBilling, type Estate } from './billing-fixture.ts';
import { booksOfMarch, lateInMarch, type Books } from './books-fixture.ts';
import { aCharge, act, askDecorationSum, chargesFor, post, reasonOf } from './ledger-fixture.ts';

let service: TestService;
let books: Books;
let estate: Estate;

beforeAll(async () => {
  service = await startBilling({ now: lateInMarch });
  books = await booksOfMarch(service);
  ({ estate } = books);
});
afterAll(() => service?.stop());

describe('the head of the chain', () => {
  it('[A232] is told every day on which something is in the books, and the books are compared', async () => {
    await books.until('2026-04-02');
    const heads = (await service.events('steward.billing.ledger-head.published.v1')).filter(
      ({ data }) => data['communityId'] === estate.communityId,
    );
    expect(heads[0]?.data).toMatchObject({ on: '2026-03-31' });
    const { height, hash } = await books.verified();
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
    expect(await books.letThrough('reconcileBooks', input)).toEqual(['supervisor', 'clerk', 'cashier']);
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
    await books.until('2026-04-01');
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
    await books.until('2026-04-01');
    expect(await books.letThrough('closeLedgerPeriod', close('2026-09'))).toEqual([
      'director',
      'administrativeSupervisor',
    ]);
    const refusal = (month: string) => reasonOf(service, estate.director, 'closeLedgerPeriod', close(month));
    expect(await refusal('2026-04')).toBe('PERIOD_NOT_OVER');
    expect(await refusal('2026-03')).toBe('PERIOD_BEFORE_OPEN');
    const { height, hash } = await books.verified();
    expect(await books.closedMarch()).toEqual({ month: '2026-03', height, hash });
    expect(await refusal('2026-03')).toBe('PERIOD_CLOSED');
  });

  it('a closed month takes nothing in, by whatever way', async () => {
    const on = '2026-03-31';
    await books.closedMarch();
    const entries = [
      { type: 'BANK', amount: 5 },
      { type: 'CASH_IN_TRANSIT', amount: -5 },
    ];
    await expect(post(service, estate, { kind: 'PAYMENT', on, entries })).rejects.toThrow('the period is closed');
    const input = { id: books.openChargeId, reasonCode: 'DUPLICATE', occurredOn: on };
    expect(await reasonOf(service, estate.supervisor, 'reverseCharge', input)).toBe('PERIOD_CLOSED');
    await post(service, estate, { kind: 'PAYMENT', on: '2026-04-01', entries });
  });

  it('a balance is the closed one and what came since, the same as all postings together', async () => {
    await books.closedMarch();
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

describe('roles', () => {
  it('[A013] a charge is taken back by supervisor or director', async () => {
    expect(await books.letThrough('reverseCharge', { id: books.openChargeId, reasonCode: 'NONE' })).toEqual([
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
    expect((await books.verified(committee)).findings).toEqual([]);
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
      return (await books.verified()).findings.map(({ finding }) => finding);
    } finally {
      await service.sql(`do $do$ begin set session_replication_role = origin; end $do$`, []);
    }
  };

  it('of the whole chain, each hash over the one before, are found by a head that was published', async () => {
    const home = await anEstate(service);
    const { communityId } = home;
    const movement = [
      { type: 'BANK', amount: 500 },
      { type: 'CASH_IN_TRANSIT', amount: -500 },
    ];
    const day = (await service.now()).toISOString().slice(0, 10);
    await post(service, home, { kind: 'CASH_MOVEMENT', on: day, entries: movement });
    await post(service, home, { kind: 'CASH_MOVEMENT', on: day, entries: movement });
    const document = `query ($communityId: ID!, $keptHeads: [LedgerHeadInput!]!) {
      verifyLedger(communityId: $communityId, keptHeads: $keptHeads) { height hash findings { finding height } } }`;
    type Seen = { height: number; hash: string; findings: { finding: string; height: number }[] };
    const seen = async (keptHeads: { height: number; hash: string }[]): Promise<Seen> =>
      (await service.ok<{ verifyLedger: Seen }>(home.director, document, { communityId, keptHeads })).verifyLedger;
    const { height, hash } = await seen([]);
    expect((await seen([{ height, hash }])).findings).toEqual([]);
    await tamper(
      `with cut as (delete from ledger_posting p using ledger_transaction t
                     where t.id = p.transaction_id and t.community_id = $1 and t.height = $2),
            gone as (delete from ledger_transaction where community_id = $1 and height = $2),
            last as (delete from ledger_block where community_id = $1 and height = $2 returning previous_hash)
       update ledger_chain set height = $2 - 1, hash = last.previous_hash from last where community_id = $1`,
      [communityId, height],
    );
    expect((await seen([])).findings).toEqual([]);
    expect((await seen([{ height, hash }])).findings).toEqual([{ finding: 'HEAD_CONTRADICTED', height }]);
  });

  it('of an amount, of who owes and of a charge are found, each at its place', async () => {
    const { communityId } = estate;
    expect((await books.verified()).isIntact).toBe(true);
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
    expect((await books.verified()).isIntact).toBe(true);
    await expect(
      tamper('update ledger_account set billing_account_id = $1 where community_id = $2 and type = $3', [
        other.billingAccountId,
        communityId,
        'DEPOSIT',
      ]),
    ).rejects.toThrow('ledger_account_content');
  });
});
