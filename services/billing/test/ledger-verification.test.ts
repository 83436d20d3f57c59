import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@steward/core';
import { eventually, type TestService } from '@steward/test-kit';
import pg from 'pg';

import { anEstate, startBilling, type Estate } from './billing-fixture.ts';
import { lateInMarch } from './books-fixture.ts';
import { aPostedRun, aTariff } from './charging-fixture.ts';
import { aCharge, act, reasonOf } from './ledger-fixture.ts';

let service: TestService;

beforeAll(async () => {
  service = await startBilling({ now: lateInMarch });
});
afterAll(() => service?.stop());

type Found = { finding: string; subject: string | null };
type Kept = { is_clean: boolean; findings: (Found & { height: number | null })[]; verified_to: number };

/** Comparisons of a community, oldest first. */
const comparisonsOf = ({ communityId }: Estate): Promise<Kept[]> =>
  service.sql<Kept>(
    `select is_clean, findings, verified_to from book_reconciliation where community_id = $1 order by created_at, id`,
    [communityId],
  );

const timersOf = ({ communityId }: Estate) =>
  service.sql<{ state: string; payload: { atOnce: number } }>(
    `select state, payload from timer where community_id = $1 and kind = 'book-comparison' order by id`,
    [communityId],
  );

/** What somebody does who has the database and switches its guards off. */
async function tamper(sql: string, params: unknown[]): Promise<void> {
  await service.sql('set session_replication_role = replica');
  try {
    await service.sql(sql, params);
  } finally {
    await service.sql('set session_replication_role = origin');
  }
}

const altered = `update ledger_posting set amount = amount * 2 where transaction_id in (
  select transaction_id from ledger_posting where charge_id = $1)`;

const restored = altered.replace('* 2', '/ 2');

const eightHours = 8 * 3_600_000;

/** Today in the community, as if it were in UTC. */
const localNow = async (): Promise<Date> => new Date((await service.now()).getTime() + eightHours);

/** To a midnight of the community, with a moment for what is due then. */
const untilMidnight = (local: number): Promise<void> => service.move({ set: new Date(local - eightHours + 1_000) });

async function untilTomorrow(): Promise<void> {
  const now = await localNow();
  await untilMidnight(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + 1));
}

async function untilNextMonth(): Promise<void> {
  const now = await localNow();
  await untilMidnight(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1));
}

async function lastMonth(): Promise<string> {
  const now = await localNow();
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 0)).toISOString().slice(0, 7);
}

const heightOf = async ({ communityId }: Estate): Promise<number> => {
  const [chain] = await service.sql<{ height: number }>('select height from ledger_chain where community_id = $1', [
    communityId,
  ]);
  return chain?.height ?? 0;
};

/** Sets a comparison with steps of one account, one charge and one block. */
const compareInSmallSteps = async (estate: Estate, blocks: { from: number; to: number }[]): Promise<void> => {
  const payload = { verifiedTo: blocks[0]?.to, blocks, stage: 'BLOCKS', after: null, atOnce: 1, findings: [] };
  await service.sql(
    `insert into timer (id, tenant_id, community_id, kind, due_at, payload, state, attempts)
     values ($1, $2, $3, 'book-comparison', $4, $5, 'WAITING', 0)`,
    [newId(), estate.tenantId, estate.communityId, await service.now(), JSON.stringify(payload)],
  );
  await service.move({ advance: 'PT1S' });
};

const close = (estate: Estate, month: string) => ({ communityId: estate.communityId, month });

describe('the daily comparison', () => {
  it('[A232] the head of a day is told although the books cannot be compared; they are as soon as they can', async () => {
    const estate = await anEstate(service);
    await aCharge(service, estate, 1_000);
    await service.sql('alter function verify_ledger_charges(uuid, uuid[]) rename to out_of_order');
    try {
      await untilTomorrow();
    } finally {
      await service.sql('alter function out_of_order(uuid, uuid[]) rename to verify_ledger_charges');
    }
    const height = await heightOf(estate);
    const heads = await service.sql('select height from ledger_head where community_id = $1', [estate.communityId]);
    expect(heads).toEqual([{ height }]);
    const told = (await service.events('steward.billing.ledger-head.published.v1')).filter(
      ({ data }) => data['communityId'] === estate.communityId,
    );
    expect(told.map(({ data }) => data['height'])).toEqual([height]);
    expect(await comparisonsOf(estate)).toEqual([]);
    await service.move({ advance: 'PT5M' });
    expect(await comparisonsOf(estate)).toEqual([{ is_clean: true, findings: [], verified_to: height }]);
  });

  it('[A232] goes through large books step by step, each in a transaction of its own, and finds the same', async () => {
    const estate = await anEstate(service);
    const [first, second] = [await aCharge(service, estate, 1_000), await aCharge(service, estate, 2_000)];
    await untilNextMonth();
    const month = await lastMonth();
    await act(service, estate.director, 'closeLedgerPeriod', close(estate, month), 'ledgerPeriod { id }');
    const height = await heightOf(estate);
    await compareInSmallSteps(estate, [{ from: 1, to: height }]);
    expect((await comparisonsOf(estate)).at(-1)).toMatchObject({ is_clean: true, findings: [] });
    const [clean] = [(await timersOf(estate)).filter(({ payload }) => payload.atOnce === 1)];
    expect(clean.every(({ state }) => state === 'DONE')).toBe(true);
    // Two blocks, at least two accounts, two charges, and what is left.
    expect(clean.length).toBeGreaterThan(5);
    await tamper(altered, [first.id]);
    await tamper('update ledger_period_balance set balance = balance + 1 where community_id = $1', [
      estate.communityId,
    ]);
    await tamper(`update charge set status = 'SETTLED', settled_at = now() where id = $1`, [second.id]);
    await compareInSmallSteps(estate, [{ from: 1, to: height }]);
    const { is_clean: isClean, findings } = (await comparisonsOf(estate)).at(-1) as Kept;
    expect(isClean).toBe(false);
    const charges = findings.filter(({ finding }) => finding === 'CHARGE_ALTERED').map(({ subject }) => subject);
    expect(charges).toEqual([first.id, second.id]);
    expect(findings.filter(({ finding }) => finding === 'BLOCK_ALTERED').length).toBe(1);
    const whole = await service.sql<Found>('select finding, subject from verify_ledger_books($1)', [
      estate.communityId,
    ]);
    const beside = findings
      .filter(({ height: block }) => block === null)
      .map(({ finding, subject }) => finding + subject);
    expect(beside.toSorted()).toEqual(whole.map(({ finding, subject }) => finding + subject).toSorted());
    expect(beside.some((each) => each.startsWith('SNAPSHOT_ALTERED'))).toBe(true);
    await tamper(restored, [first.id]);
  });

  it('[A232] comes back to old blocks within four weeks', async () => {
    const estate = await anEstate(service);
    const { id } = await aCharge(service, estate, 1_000);
    await untilTomorrow();
    expect((await comparisonsOf(estate)).at(-1)).toMatchObject({ is_clean: true });
    await tamper(
      'update ledger_transaction set cause_id = $2 where cause_id = (select cause_id from charge where id = $1)',
      [id, newId()],
    );
    // One block: each day's share is all of it.
    await untilTomorrow();
    const { findings } = (await comparisonsOf(estate)).at(-1) as Kept;
    expect(findings.map(({ finding }) => finding)).toEqual(['BLOCK_ALTERED', 'CHARGE_ALTERED']);
  });
});

describe('closing a month', () => {
  it('[A232] after a comparison in which all fitted, what came since is verified, block by block', async () => {
    const estate = await anEstate(service);
    await aCharge(service, estate, 1_000);
    await act(
      service,
      estate.clerk,
      'reconcileBooks',
      { communityId: estate.communityId },
      'bookReconciliation { id }',
    );
    expect((await comparisonsOf(estate)).at(-1)).toMatchObject({ is_clean: true });
    const { id } = await aCharge(service, estate, 2_000);
    await tamper(altered, [id]);
    const closing = close(estate, '2026-02');
    expect(await reasonOf(service, estate.director, 'closeLedgerPeriod', closing)).toBe('BOOKS_DIFFER');
    await tamper(restored, [id]);
    expect(await reasonOf(service, estate.director, 'closeLedgerPeriod', closing)).toBeNull();
  });

  it('[A232] what is posted while it verifies is verified before the month is closed', async () => {
    const estate = await anEstate(service);
    const { id } = await aCharge(service, estate, 1_000);
    const till = new pg.Client({ connectionString: service.databaseUrl });
    await till.connect();
    try {
      await till.query('begin');
      await till.query('select 1 from ledger_chain where community_id = $1 for update', [estate.communityId]);
      const closing = reasonOf(service, estate.director, 'closeLedgerPeriod', close(estate, '2026-02'));
      const waits = async (): Promise<boolean> => {
        const found = await service.sql(
          `select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like '%ledger_chain%for update%'
              and datname = current_database()`,
        );
        return found.length > 0;
      };
      await eventually(waits, { what: 'the close to wait for the chain' });
      // A block that is altered in the same breath: everything before it was verified without the lock.
      await till.query('set local session_replication_role = replica');
      await till.query(`select set_config('app.tenant_id', $1, true)`, [estate.tenantId]);
      await till.query(
        `select post_block($1, now(), (select array_agg(row(t.id, l, 'PAYMENT', '2026-04-01', 'billing', 'test', t.id, null,
                case l when 1 then 'BANK' else 'RECEIVABLE' end, case l when 2 then c.billing_account_id end,
                case l when 2 then c.charge_type_code end, null, case l when 1 then 1000 else -1000 end,
                case l when 2 then c.id end)::ledger_entry)
           from (select uuidv7() as id) t, charge c, generate_series(1, 2) l where c.id = $2))`,
        [estate.communityId, id],
      );
      await till.query('commit');
      // It is paid by its postings and open by its row.
      expect(await closing).toBe('BOOKS_DIFFER');
    } finally {
      await till.end();
    }
  });
});

describe('what else of a charge is verified', () => {
  it('of a run: its number, its last day in time and its days; the database refuses to change them', async () => {
    const estate = await anEstate(service);
    await aTariff(service, estate);
    const runId = await aPostedRun(service, estate);
    const [charge] = await service.sql<{ id: string }>('select id from charge where run_id = $1', [runId]);
    const alterations = [
      `number = number || 'X'`,
      'due_on = due_on + 30',
      'period_from = period_from + 1',
      `period_to = period_to + 1`,
      `cause_id = 'ffffffff-ffff-7fff-8fff-ffffffffffff'`,
    ];
    for (const alteration of alterations) {
      const sql = `update charge set ${alteration} where id = $1`;
      await expect(service.sql(sql, [charge?.id])).rejects.toThrow('the ledger only grows');
      await service.sql('begin');
      await tamper(sql, [charge?.id]);
      const found = await service.sql('select finding, subject from verify_ledger_books($1)', [estate.communityId]);
      await service.sql('rollback');
      expect([alteration, found]).toEqual([alteration, [{ finding: 'CHARGE_ALTERED', subject: charge?.id }]]);
    }
  });
});
