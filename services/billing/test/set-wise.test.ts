import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@steward/core';
import { statements, type TestService } from '@steward/test-kit';

import { aFlat, aHousehold, anEstate, startBilling, type Estate } from './billing-fixture.ts';
import { aPostedRun, aTariff, firstQuarter, release, run, runTimers } from './charging-fixture.ts';
import { aPayment } from './counter-fixture.ts';

let service: TestService;

beforeAll(async () => {
  service = await startBilling();
}, 60_000);
afterAll(() => service?.stop());

const few = 2;
const many = 10;
/** What the service asks of its own accord meanwhile; each account more would be several statements. */
const noise = 5;

type Flat = { unitId: string; personId: string; householdId: string; billingAccountId: string };

/** An estate of some flats. */
async function flatsOf(count: number): Promise<{ estate: Estate; flats: Flat[] }> {
  const estate = await anEstate(service);
  const flats: Flat[] = [{ ...estate, personId: estate.resident.sub }];
  for (let index = 1; index < count; index += 1) flats.push(await aFlat(service, estate, `3/1/${1300 + index}`));
  return { estate, flats };
}

/** Runs the work that is due, and answers how many statements it took. */
async function costOf(work: () => Promise<void>): Promise<number> {
  const before = await statements(service);
  await work();
  return (await statements(service)) - before;
}

/** Has the advances of accounts pay what they owe, as whoever charged them once leaves it to be done. */
async function spend({ tenantId, communityId }: Estate, billingAccountIds: readonly string[]): Promise<number> {
  await service.sql(
    `insert into timer (id, tenant_id, community_id, kind, due_at, payload, state, attempts)
     values ($1, $2, $3, 'account-advance', $4, $5, 'WAITING', 0)`,
    [newId(), tenantId, communityId, await service.now(), JSON.stringify({ billingAccountIds })],
  );
  return costOf(() => runTimers(service));
}

const statusesOf = async ({ communityId }: Estate, codes: readonly string[]): Promise<Record<string, number>> => {
  const found = await service.sql<{ status: string; count: number }>(
    `select status, count(*)::int as count from charge where community_id = $1 and charge_type_code = any($2) group by 1`,
    [communityId, codes],
  );
  return Object.fromEntries(found.map(({ status, count }) => [status, count]));
};

/** Each party has paid in advance before it was charged, and nothing has been applied yet. */
async function paidAhead(count: number): Promise<{ estate: Estate; accounts: string[] }> {
  const { estate, flats } = await flatsOf(count);
  const accounts = flats.map(({ billingAccountId }) => billingAccountId);
  await aTariff(service, estate);
  await aPostedRun(service, estate);
  for (const [index, billingAccountId] of accounts.entries())
    await service.sql(
      `select post_block($2, now(), (
         select array_agg(row(t.id, e.line, 'PAYMENT', '2026-03-01', 'billing', 'test', t.id, null, e.type, e.party, null,
                              null, e.amount, null)::ledger_entry)
           from (values (1, 'BANK', null::uuid, $4::bigint), (2, 'ADVANCE', $3::uuid, -$4::bigint)) as e(line, type, party, amount)
          cross join (select uuidv7() as id) t))
         from (select set_config('app.tenant_id', $1, false)) tenant`,
      // Enough for the first, too little for the second.
      [estate.tenantId, estate.communityId, billingAccountId, index % 2 === 0 ? 100_000 : 1_000],
    );
  return { estate, accounts };
}

describe('advances of many accounts', () => {
  it('pay what each owes in as many statements as those of a few', async () => {
    const small = await paidAhead(few);
    const large = await paidAhead(many);
    const cost = await spend(small.estate, small.accounts);
    expect(await spend(large.estate, large.accounts)).toBeLessThanOrEqual(cost + noise);
    for (const { estate, accounts } of [small, large]) {
      expect(await statusesOf(estate, ['MANAGEMENT_FEE'])).toEqual({
        SETTLED: accounts.length / 2,
        OPEN: accounts.length / 2,
      });
      const left = await service.sql<{ sum: string }>(
        `select -sum(ledger_balance(id)) as sum from ledger_account where community_id = $1 and type = 'ADVANCE'`,
        [estate.communityId],
      );
      const [charged] = await service.sql<{ amount: number }>(
        `select amount::int as amount from charge where community_id = $1 limit 1`,
        [estate.communityId],
      );
      expect(Number(left[0]?.sum)).toBe((accounts.length / 2) * (100_000 - (charged?.amount ?? 0)));
    }
    // Doing it again does nothing, and a promise or a claim is never spent.
    await spend(large.estate, large.accounts);
    expect(await statusesOf(large.estate, ['MANAGEMENT_FEE'])).toEqual({ SETTLED: many / 2, OPEN: many / 2 });
  });
});

describe('charges whose days turn out to be of somebody else', () => {
  /** Quarters that were charged and paid before a sale became known. */
  const quarters = [
    { periodFrom: '2025-07-01', periodTo: '2025-10-01', dueOn: '2025-09-30' },
    { periodFrom: '2025-10-01', periodTo: '2026-01-01', dueOn: '2025-12-31' },
    firstQuarter,
  ];

  /** A run of flats that were all sold in its days is taken back, with what took the place of its charges. */
  async function costOfReversal(count: number): Promise<number> {
    const { estate, flats } = await flatsOf(count);
    await aTariff(service, estate, { taxRate: '0' });
    const runId = await aPostedRun(service, estate);
    for (const { householdId, unitId } of flats) {
      await release(service, estate, { householdId, unitId }, '2026-02-15');
      await aHousehold(service, estate, { unitId, personId: newId(), validFrom: '2026-02-15' });
    }
    await service.settle();
    await runTimers(service);
    await run(service, estate.director, 'reverseChargeRun', { id: runId, reasonCode: 'WRONG_TARIFF' });
    const cost = await costOf(() => runTimers(service));
    expect(await statusesOf(estate, ['MANAGEMENT_FEE'])).toEqual({ REVERSED: 3 * count });
    expect(await service.sql('select finding, subject from verify_ledger_books($1)', [estate.communityId])).toEqual([]);
    return cost;
  }

  it('are taken back with their run in as many statements for many as for a few', async () => {
    const cost = await costOfReversal(few);
    expect(await costOfReversal(7)).toBeLessThanOrEqual(cost + noise);
  });

  it('are taken back together, what was paid on them is an advance, and all of it is in the books once', async () => {
    const estate = await anEstate(service);
    await aTariff(service, estate, { taxRate: '0' });
    for (const days of quarters) await aPostedRun(service, estate, ['MANAGEMENT_FEE'], days);
    await aPayment(service, estate, 70_000, { means: 'TRANSFER', tendered: null, reference: 'TR 1' });
    await release(service, estate, estate, '2025-07-01');
    await aHousehold(service, estate, { unitId: estate.unitId, personId: newId(), validFrom: '2025-07-01' });
    await service.settle();
    await runTimers(service);
    const found = await service.sql<{ status: string; reason_code: string | null }>(
      `select status, reason_code from charge where billing_account_id = $1 order by period_from`,
      [estate.billingAccountId],
    );
    expect(found).toEqual(quarters.map(() => ({ status: 'REVERSED', reason_code: 'HOLDER_CHANGED' })));
    const [sums] = await service.sql<{ advance: string; owed: string }>(
      `select -sum(ledger_balance(id)) filter (where type = 'ADVANCE') as advance,
              sum(ledger_balance(id)) filter (where type = 'RECEIVABLE') as owed
         from ledger_account where billing_account_id = $1`,
      [estate.billingAccountId],
    );
    expect([Number(sums?.advance), Number(sums?.owed)]).toEqual([70_000, 0]);
    expect(await service.sql('select finding, subject from verify_ledger_books($1)', [estate.communityId])).toEqual([]);
  });
});
