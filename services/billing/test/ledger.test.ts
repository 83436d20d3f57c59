import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@steward/core';
import type { TestService } from '@steward/test-kit';

import { aFlat, anEstate, startBilling, type Estate } from './billing-fixture.ts';
import {
  aCharge,
  act,
  askDecorationSum,
  askFee,
  chargesFor,
  post,
  postPayment,
  reasonOf,
  sendFee,
  type ChargeSeen,
} from './ledger-fixture.ts';

let service: TestService;
let estate: Estate;

beforeAll(async () => {
  service = await startBilling();
  estate = await anEstate(service);
});
afterAll(() => service?.stop());

const today = '2026-03-02';

const postings = `query ($id: ID!) { charge(id: $id) { version status outstanding { amount } reversalReason { code }
  billingAccount { id outstanding { amount } } serviceLines { serviceCode quantity { value unit } amount { amount } }
  postings { transactionId kind accountType amount { amount currency } reversesId causeService causeId } } }`;

type Seen = {
  charge: {
    version: number;
    status: string;
    outstanding: { amount: number };
    reversalReason: { code: string } | null;
    billingAccount: { id: string; outstanding: { amount: number } };
    serviceLines: { serviceCode: string; amount: { amount: number } }[];
    postings: {
      transactionId: string;
      kind: string;
      accountType: string;
      amount: { amount: number };
      reversesId: string | null;
    }[];
  };
};
const see = async (id: string) => (await service.ok<Seen>(estate.clerk, postings, { id })).charge;

describe('fees that other services ask for', () => {
  it('[B050] the fee of a paid service is charged line by line to whoever ordered it, once', async () => {
    const workOrderId = await askFee(service, estate, { amount: 8_500, lines: [5_000, 3_500] });
    const [charge, ...more] = await chargesFor(service, estate.clerk, workOrderId);
    expect(more).toEqual([]);
    expect(charge).toMatchObject({ status: 'OPEN', version: 1, amount: { amount: 8_500, currency: 'CNY' } });
    expect(charge?.chargeType.code).toBe('PAID_SERVICE');
    const seen = await see(charge?.id ?? '');
    expect(seen.billingAccount.id).toBe(estate.billingAccountId);
    expect(seen.serviceLines.map(({ amount }) => amount.amount)).toEqual([5_000, 3_500]);
    expect(seen.postings).toMatchObject([{ kind: 'CHARGE', accountType: 'RECEIVABLE', amount: { amount: 8_500 } }]);
    const [raised] = (await service.events('steward.billing.charge.raised.v1')).filter(
      ({ aggregateId }) => aggregateId === charge?.id,
    );
    expect(raised?.data).toMatchObject({
      cause: { service: 'work-orders', aggregateType: 'work-order', aggregateId: workOrderId },
      fee: { amount: 8_500, currency: 'CNY' },
    });
  });

  it('[B050] a fee whose lines do not sum to it is not charged, but parked until it is put right', async () => {
    const workOrderId = await askFee(service, estate, { amount: 8_500, lines: [5_000, 3_499] });
    expect(await chargesFor(service, estate.clerk, workOrderId)).toEqual([]);
    const parked = await service.sql<{ reason: string }>(`select reason from parked_event where aggregate_id = $1`, [
      workOrderId,
    ]);
    expect(parked[0]?.reason).toContain('FEE_LINES_MISMATCH');
  });

  it('a fee in another currency, or of nobody known, is parked', async () => {
    const foreign = await askFee(service, estate, { amount: 8_500, currency: 'USD' });
    const nobody = await askFee(service, { ...estate, unitId: newId() }, { amount: 8_500, householdId: null });
    expect(await chargesFor(service, estate.clerk, foreign)).toEqual([]);
    expect(await chargesFor(service, estate.clerk, nobody)).toEqual([]);
    const parked = await service.sql<{ reason: string }>(
      `select reason from parked_event where aggregate_id = any($1::uuid[]) order by reason`,
      [[foreign, nobody]],
    );
    expect(parked.map(({ reason }) => reason)).toEqual([
      expect.stringContaining('CURRENCY_MISMATCH'),
      expect.stringContaining('LIABLE_PARTY_UNKNOWN'),
    ]);
  });

  it('[A225] the deposit of a decoration is kept for who pays it, not earned', async () => {
    const decorationId = await askDecorationSum(service, estate, 'DECORATION_DEPOSIT', 200_000);
    const [charge] = await chargesFor(service, estate.clerk, decorationId);
    const kept = await service.sql<{ type: string; amount: number }>(
      `select a.type, p.amount from ledger_posting p join ledger_account a on a.id = p.account_id
        where p.transaction_id in (select transaction_id from ledger_posting where charge_id = $1) order by p.line`,
      [charge?.id],
    );
    expect(kept).toEqual([
      { type: 'RECEIVABLE', amount: 200_000 },
      { type: 'DEPOSIT', amount: -200_000 },
    ]);
  });
});

describe('the ledger itself', () => {
  const everything = ['ledger_account', 'ledger_block', 'ledger_transaction', 'ledger_posting'];

  it('lets nothing be edited or deleted, not even by the owner of the database', async () => {
    await aCharge(service, estate, 100);
    for (const table of everything) {
      await expect(service.sql(`update ${table} set tenant_id = tenant_id`)).rejects.toThrow('only grows');
      await expect(service.sql(`delete from ${table}`)).rejects.toThrow('only grows');
      await expect(service.sql(`truncate ${table} cascade`)).rejects.toThrow('only grows');
    }
    await expect(service.sql('update charge set amount = 1')).rejects.toThrow('only grows');
    await expect(service.sql('delete from charge')).rejects.toThrow('only grows');
    const granted = await service.sql<{ table: string }>(
      `select table_name as table from information_schema.role_table_grants
        where grantee = 'steward_billing_service' and privilege_type in ('UPDATE', 'DELETE', 'TRUNCATE')
          and table_name = any($1)`,
      [everything],
    );
    expect(granted).toEqual([]);
  });

  it('takes whole transactions that sum to zero, and money owed only with its charge', async () => {
    const charge = await aCharge(service, estate, 900);
    const { billingAccountId } = estate;
    const revenue = { type: 'REVENUE', chargeTypeCode: 'PAID_SERVICE' };
    const owed = { type: 'RECEIVABLE', billingAccountId, chargeTypeCode: 'PAID_SERVICE', chargeId: charge.id };
    const attempt = (entries: Parameters<typeof post>[2]['entries']) =>
      post(service, estate, { kind: 'WAIVER', on: today, entries });
    const uneven = [
      { ...owed, amount: -900 },
      { ...revenue, amount: 899 },
    ];
    await expect(attempt(uneven)).rejects.toThrow('does not sum to zero');
    await expect(
      attempt([
        { ...owed, amount: 0 },
        { ...revenue, amount: 0 },
      ]),
    ).rejects.toThrow('violates check');
    const chargeless = [
      { ...owed, chargeId: null, amount: -900 },
      { ...revenue, amount: 900 },
    ];
    await expect(attempt(chargeless)).rejects.toThrow('does not fit its transaction, account or charge');
    const elsewhere = await aFlat(service, estate, `5/1/${newId().slice(-4)}`);
    const strange = [
      { ...owed, billingAccountId: elsewhere.billingAccountId, amount: -900 },
      { ...revenue, amount: 900 },
    ];
    await expect(attempt(strange)).rejects.toThrow('does not fit its transaction, account or charge');
    await attempt([
      { ...owed, amount: -900 },
      { ...revenue, amount: 900 },
    ]);
  });

  it('adds nothing to a transaction that is there', async () => {
    const charge = await aCharge(service, estate, 300);
    const { postings: lines } = await see(charge.id);
    const more = `insert into ledger_posting (transaction_id, line, tenant_id, account_id, amount, occurred_on, charge_id)
      select transaction_id, line + 10, tenant_id, account_id, amount, occurred_on, charge_id
        from ledger_posting where transaction_id = $1`;
    await expect(service.sql(more, [lines[0]?.transactionId])).rejects.toThrow('posted whole');
  });

  it('numbers of a charge and its version come from one place under concurrent fees', async () => {
    const fees = Array.from({ length: 12 }, (_, index) => sendFee(service, estate, { amount: 100 + index }));
    const asked = await Promise.all(fees);
    await service.settle();
    const charges = (await Promise.all(asked.map((id) => chargesFor(service, estate.clerk, id)))).flat();
    expect(charges).toHaveLength(12);
    expect(new Set(charges.map(({ number }) => number)).size).toBe(12);
  });
});

describe('taking back a charge', () => {
  const reverse = (id: string, more: object = {}) => ({ id, reasonCode: 'WRONG_AMOUNT', ...more });

  it('[A013] is a posting of its own, the exact opposite, and happens once', async () => {
    const charge = await aCharge(service, estate, 7_700);
    await act(service, estate.supervisor, 'reverseCharge', reverse(charge.id), 'charge { id }');
    const seen = await see(charge.id);
    expect(seen).toMatchObject({
      status: 'REVERSED',
      version: 2,
      outstanding: { amount: 0 },
      reversalReason: { code: 'WRONG_AMOUNT' },
    });
    const [raised, taken] = seen.postings;
    expect(taken).toMatchObject({ kind: 'REVERSAL', amount: { amount: -7_700 }, reversesId: raised?.transactionId });
    expect(await reasonOf(service, estate.supervisor, 'reverseCharge', reverse(charge.id))).toBe('ILLEGAL_TRANSITION');
    await expect(
      post(service, estate, {
        kind: 'REVERSAL',
        on: today,
        reversesId: raised?.transactionId ?? null,
        entries: [
          {
            type: 'RECEIVABLE',
            billingAccountId: estate.billingAccountId,
            chargeTypeCode: 'PAID_SERVICE',
            chargeId: charge.id,
            amount: -7_700,
          },
          { type: 'REVENUE', chargeTypeCode: 'PAID_SERVICE', amount: 7_700 },
        ],
      }),
    ).rejects.toThrow('ledger_transaction_reversal');
  });

  it('[A013] what was paid on it stands to the good of who paid, and not on a charge that is none', async () => {
    const charge = await aCharge(service, estate, 5_000);
    const { billingAccountId } = estate;
    await postPayment(service, estate, { chargeId: charge.id, billingAccountId, amount: 2_000, on: today });
    await act(service, estate.director, 'reverseCharge', reverse(charge.id), 'charge { id }');
    const { outstanding, postings: lines } = await see(charge.id);
    expect(outstanding).toEqual({ amount: 0 });
    expect(lines.at(-1)).toMatchObject({ kind: 'ALLOCATION', accountType: 'RECEIVABLE', amount: { amount: 2_000 } });
    const [advance] = await service.sql<{ sum: string }>(
      `select sum(p.amount) as sum from ledger_posting p join ledger_account a on a.id = p.account_id
        where a.type = 'ADVANCE' and a.billing_account_id = $1`,
      [billingAccountId],
    );
    expect(Number(advance?.sum)).toBe(-2_000);
  });

  it('submitted twice with one key has one effect; the key stands for good', async () => {
    const charge = await aCharge(service, estate, 4_000);
    const input = reverse(charge.id, { idempotencyKey: newId() });
    const twice = await Promise.all(
      [1, 2].map(() => act(service, estate.supervisor, 'reverseCharge', input, 'charge { id version }')),
    );
    expect(twice).toEqual([{ charge: { id: charge.id, version: 2 } }, { charge: { id: charge.id, version: 2 } }]);
    expect((await see(charge.id)).postings).toHaveLength(2);
  });

  it('refuses an unknown reason and a day to come', async () => {
    const { id } = await aCharge(service, estate, 50);
    expect(await reasonOf(service, estate.supervisor, 'reverseCharge', { id, reasonCode: 'BORED' })).toBe(
      'REASON_UNKNOWN',
    );
    expect(await reasonOf(service, estate.supervisor, 'reverseCharge', reverse(id, { occurredOn: '2026-03-03' }))).toBe(
      'IN_THE_FUTURE',
    );
  });
});

describe('who sees what is owed', () => {
  const mine = `query ($id: ID!) { charge(id: $id) { id } charges { nodes { id } } }`;

  it('the desk of the community and the household, no neighbour and no other company', async () => {
    const { id } = await aCharge(service, estate, 60);
    const sees = async (viewer: Estate['clerk']) => {
      const { data } = await service.graphql<{
        charge: { id: string } | null;
        charges: { nodes: ChargeSeen[] } | null;
      }>(viewer, mine, { id });
      return [data?.charge?.id === id, (data?.charges?.nodes ?? []).some((node) => node.id === id)];
    };
    expect(await sees(estate.cashier)).toEqual([true, true]);
    expect(await sees(estate.resident)).toEqual([true, true]);
    const neighbour = await aFlat(service, estate, `6/1/${newId().slice(-4)}`);
    expect(await sees({ ...estate.resident, personId: neighbour.personId })).toEqual([false, false]);
    expect(await sees(estate.guard)).toEqual([false, false]);
    const other = await anEstate(service);
    expect(await sees(other.director)).toEqual([false, false]);
  });
});
