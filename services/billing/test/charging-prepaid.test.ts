import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Viewer } from '@steward/auth';
import { newId } from '@steward/core';
import { moveInReadingsConfirmed } from '@steward/events';
import type { TestService } from '@steward/test-kit';

import { aColleague, aHousehold, anEstate, startBilling, type Estate } from './billing-fixture.ts';
import { aPostedRun, aTariff, ledgerOf, owedBy, reasons, release, run, runTimers } from './charging-fixture.ts';
import { act, answer, aSession, balance, reasons as counterReasons } from './counter-fixture.ts';
import { ledgerBalance, sell } from './holders-fixture.ts';
import { aMeter, perUse, read, type MeterSeen } from './meters-fixture.ts';

let service: TestService;

beforeAll(async () => {
  service = await startBilling();
});
afterAll(() => service?.stop());

describe('prepaid meters', () => {
  const topUp = (estate: Estate, id: string, amount: number, viewer: Viewer = estate.cashier, more: object = {}) =>
    run<MeterSeen>(service, viewer, 'topUpMeter', { id, amount, means: 'TRANSFER', reference: 'TR 1', ...more });

  it('[A209] a top-up goes onto the meter to the cent, whatever the household owes, and is never taken twice', async () => {
    const estate = await anEstate(service);
    await aTariff(service, estate, { taxRate: '0' });
    await aPostedRun(service, estate, ['MANAGEMENT_FEE'], {
      periodFrom: '2025-10-01',
      periodTo: '2026-01-01',
      dueOn: '2025-12-31',
    });
    const owed = await owedBy(service, estate.billingAccountId);
    expect(owed).toBe(62_393);
    const id = await aMeter(service, estate, { isPrepaid: true });
    const key = { idempotencyKey: `top-up-${id}` };
    expect(await topUp(estate, id, 10_000, estate.cashier, key)).toMatchObject({ balance: { amount: 10_000 } });
    expect(await topUp(estate, id, 10_000, estate.cashier, key)).toMatchObject({ balance: { amount: 10_000 } });
    expect(await owedBy(service, estate.billingAccountId)).toBe(owed);
    expect(await ledgerOf(service, estate)).toMatchObject({ BANK: 10_000, PREPAID: -10_000, RECEIVABLE: owed });
    const [kept] = await service.sql<{ expires_at: Date | null }>(
      'select expires_at from idempotency_key where key = $1',
      [key.idempotencyKey],
    );
    expect(kept?.expires_at).toBeNull();
    const plain = await aMeter(service, estate);
    expect(await reasons(service, estate.cashier, 'topUpMeter', { id: plain, amount: 100, means: 'CASH' })).toEqual([
      'METER_NOT_PREPAID',
    ]);
    expect(await reasons(service, estate.cashier, 'topUpMeter', { id, amount: 0, means: 'CASH' })).toEqual([
      'AMOUNT_UNFIT',
    ]);
  });

  it('[A209] a top-up in cash goes through the open till of whoever takes it, and stands in its journal', async () => {
    const estate = await anEstate(service);
    await aTariff(service, estate, perUse);
    const id = await aMeter(service, estate, { isPrepaid: true });
    const cash = { id, amount: 10_000, means: 'CASH', tendered: 10_000 };
    expect(await reasons(service, estate.cashier, 'topUpMeter', cash)).toEqual(['SESSION_REQUIRED']);
    const session = await aSession(service, estate);
    const cashInHand = { means: 'CASH', reference: null, tendered: 10_000 };
    await topUp(estate, id, 10_000, estate.cashier, cashInHand);
    const [payment] = await service.sql<{ id: string }>('select id from payment where meter_id = $1', [id]);
    const entries = await service.sql<{ kind: string; amount: number; cause_id: string }>(
      `select kind, amount, cause_id from cash_entry where session_id = $1 and kind = 'TOP_UP'`,
      [session.id],
    );
    expect(entries).toEqual([{ kind: 'TOP_UP', amount: 10_000, cause_id: payment?.id }]);
    expect(await balance(service, estate.communityId, 'CASH_IN_HAND', session.id)).toBe(60_000);
  });

  it('[A209] [A076] [B042] a top-up has its reference, its change and a receipt of the book, and can be void', async () => {
    const estate = await anEstate(service);
    const { cashier, supervisor, communityId } = estate;
    await aTariff(service, estate, perUse);
    const id = await aMeter(service, estate, { isPrepaid: true });
    await aSession(service, estate);
    const refusedTo = (input: object) => reasons(service, cashier, 'topUpMeter', { id, amount: 10_000, ...input });
    for (const means of ['CARD', 'TRANSFER', 'WALLET'])
      expect([means, await refusedTo({ means, reference: ' ' })]).toEqual([means, ['REFERENCE_REQUIRED']]);
    expect(await refusedTo({ means: 'CASH' })).toEqual(['TENDERED_REQUIRED']);
    expect(await refusedTo({ means: 'CASH', tendered: 9999 })).toEqual(['TENDERED_TOO_LITTLE']);
    type Answer = {
      payment: {
        id: string;
        number: string;
        change: { amount: number };
        receipt: { number: string };
        meter: { id: string };
      };
      spoken: string;
    };
    const cash = { id, amount: 10_000, means: 'CASH', tendered: 20_000 };
    const answered = 'payment { id number change { amount } receipt { number } meter { id } } spoken';
    const taken = await answer<Answer>(service, cashier, 'topUpMeter', cash, answered);
    expect(taken.payment).toMatchObject({
      number: 'SK-A01-00000001',
      change: { amount: 10_000 },
      receipt: { number: 'A01-00000001' },
      meter: { id },
    });
    expect(taken.spoken).toContain('100.00');
    await act(service, cashier, 'printReceipt', { id: taken.payment.id, payerName: '王芳' }, 'receipt { printCount }');
    const voiding = { id: taken.payment.id, reasonCode: 'WRONG_AMOUNT' };
    await act(service, supervisor, 'voidPayment', voiding);
    expect(await ledgerOf(service, estate)).toMatchObject({ PREPAID: 0, CASH_IN_HAND: 50_000 });
    const entries = await service.sql<{ kind: string; amount: number }>(
      `select kind, amount from prepaid_entry where meter_id = $1 order by occurred_at, id`,
      [id],
    );
    expect(entries).toEqual([
      { kind: 'TOP_UP', amount: 10_000 },
      { kind: 'VOID', amount: -10_000 },
    ]);
    const second = await answer<Answer>(service, cashier, 'topUpMeter', cash, answered);
    expect(second.payment.receipt.number).toBe('A01-00000002');
    await read(service, estate, id, '1001', '2026-01-02');
    expect(await counterReasons(service, supervisor, 'voidPayment', { ...voiding, id: second.payment.id })).toEqual([
      'PREPAID_USED',
    ]);
    const query = `query ($communityId: ID!) { prepaidSummary(communityId: $communityId, from: "2026-01-01", to: "2027-01-01") {
      topUpCount toppedUp { amount } balance { amount } } }`;
    const { prepaidSummary } = await service.ok<{ prepaidSummary: object[] }>(supervisor, query, { communityId });
    expect(prepaidSummary).toEqual([{ topUpCount: 1, toppedUp: { amount: 10_000 }, balance: { amount: 9950 } }]);
  });

  it('[A209] supervisor, clerk and cashier take top-ups, and the community has its summary', async () => {
    const estate = await anEstate(service);
    await aTariff(service, estate, perUse);
    const id = await aMeter(service, estate, { isPrepaid: true });
    await topUp(estate, id, 20_000, estate.supervisor);
    await topUp(estate, id, 5_000, estate.clerk, { means: 'WALLET' });
    for (const role of ['director', 'maintenance', 'guard', 'analyst'] as const) {
      const input = { id, amount: 100, means: 'CASH' };
      expect(await reasons(service, aColleague(estate, role), 'topUpMeter', input)).toEqual(['ACCESS_DENIED']);
    }
    await read(service, estate, id, '1100', '2026-03-02');
    const query = `query ($communityId: ID!) { prepaidSummary(communityId: $communityId, from: "2026-03-01", to: "2026-04-01") {
      kind meterCount topUpCount toppedUp { amount } used { amount } balance { amount } lowCount } }`;
    const { prepaidSummary } = await service.ok<{ prepaidSummary: object[] }>(estate.supervisor, query, {
      communityId: estate.communityId,
    });
    expect(prepaidSummary).toEqual([
      {
        kind: 'ELECTRICITY',
        meterCount: 1,
        topUpCount: 2,
        lowCount: 0,
        toppedUp: { amount: 25_000 },
        used: { amount: 5000 },
        balance: { amount: 20_000 },
      },
    ]);
  });

  it('[A246] a balance below 50 yuan is told by message and in writing, once until it is topped up', async () => {
    const estate = await anEstate(service);
    await aTariff(service, estate, perUse);
    const id = await aMeter(service, estate, { isPrepaid: true });
    await topUp(estate, id, 10_000);
    expect(await read(service, estate, id, '1100', '2026-02-01')).toMatchObject({ balance: { amount: 5000 } });
    const told = () =>
      service.sql<{ channel: string; household_id: string }>(
        `select channel, household_id from notification where aggregate_id = $1 and template = 'prepaidLow' order by channel`,
        [id],
      );
    expect(await told()).toEqual([]);
    expect(await read(service, estate, id, '1101', '2026-02-02')).toMatchObject({ balance: { amount: 4950 } });
    await read(service, estate, id, '1102', '2026-02-03');
    expect(await told()).toEqual([
      { channel: 'IN_APP', household_id: estate.householdId },
      { channel: 'SMS', household_id: estate.householdId },
    ]);
    const query =
      'query ($id: ID!) { meter(id: $id) { prepaidNotices { balance { amount } limit { amount } toldAt } } }';
    type Seen = { meter: { prepaidNotices: { balance: { amount: number }; limit: { amount: number } }[] } };
    const { meter } = await service.ok<Seen>(estate.clerk, query, { id });
    expect(meter.prepaidNotices).toMatchObject([{ balance: { amount: 4950 }, limit: { amount: 5000 } }]);
    await topUp(estate, id, 1000);
    await read(service, estate, id, '1130', '2026-02-20', { isConfirmed: true });
    expect(await told()).toHaveLength(4);
    const [fact] = (await service.events('steward.billing.meter.balance-low.v1')).filter(
      ({ aggregateId }) => aggregateId === id,
    );
    expect(fact?.data).toMatchObject({ balance: 4950, limit: 5000, unitId: estate.unitId });
    expect(await ledgerOf(service, estate)).toEqual({ BANK: 11_000, PREPAID: -4500, REVENUE: -6500 });
  });

  it('what is left when somebody else moves in stays the money of whoever paid it', async () => {
    const estate = await anEstate(service);
    const id = await aMeter(service, estate, { isPrepaid: true });
    await topUp(estate, id, 8000);
    await release(service, estate, estate, '2026-03-01');
    await aHousehold(service, estate, { unitId: estate.unitId, personId: newId(), validFrom: '2026-03-01' });
    await service.settle();
    expect(await topUp(estate, id, 6000)).toMatchObject({ balance: { amount: 6000 } });
    const [advance] = await service.sql<{ sum: string }>(
      `select sum(p.amount) as sum from ledger_posting p join ledger_account a on a.id = p.account_id
        where a.type = 'ADVANCE' and a.billing_account_id = $1`,
      [estate.billingAccountId],
    );
    expect(Number(advance?.sum)).toBe(-8000);
  });
});

describe('readings that somebody else takes', () => {
  it('[A249] another reading of a day in a sheet is a mistake that is told', async () => {
    const estate = await anEstate(service);
    await aMeter(service, estate, { number: 'SHEET-1' });
    const row = (value: string) => ({ kind: 'ELECTRICITY', meterNumber: 'SHEET-1', value, takenOn: '2026-01-31' });
    const rows = [row('1100'), row('1100.0'), row('1190')];
    const input = { communityId: estate.communityId, rows };
    type Row = { isNew: boolean; refusal: { reason: string } | null };
    const results = 'results { isNew refusal { reason } }';
    const send = async () =>
      (await run<Row[]>(service, estate.clerk, 'importMeterReadings', input, results)).map((one) => [
        one.isNew,
        one.refusal?.reason ?? null,
      ]);
    const known = [false, null];
    const told = [false, 'READING_DIFFERS'];
    expect(await send()).toEqual([[true, null], known, told]);
    expect(await send()).toEqual([known, known, told]);
  });

  it('[A249] of a move-in end what the former household pays on a prepaid meter too', async () => {
    const estate = await anEstate(service);
    await aTariff(service, estate, perUse);
    const id = await aMeter(service, estate, { isPrepaid: true });
    const topUp = { id, amount: 8000, means: 'TRANSFER', reference: 'TR 1' };
    await run<MeterSeen>(service, estate.cashier, 'topUpMeter', topUp);
    const buyer = await sell(service, estate, '2026-02-15');
    const { tenantId, communityId, unitId } = estate;
    const moveInId = newId();
    const shown = { waterM3: '3.5', electricityKwh: '1100', gasM3: '1', readAt: '2026-02-15T03:00:00.000Z' };
    const data = { moveInId, unitId, householdId: newId(), ...shown };
    await service.wire.send(moveInReadingsConfirmed, { tenantId, communityId, aggregateId: moveInId, data });
    await service.settle();
    await runTimers(service);
    await read(service, estate, id, '1110', '2026-03-01');
    expect(await ledgerBalance(service, estate.billingAccountId, 'ADVANCE')).toBe(-3000);
    expect(await owedBy(service, buyer)).toBe(500);
  });
});
