import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@steward/core';
import type { TestService } from '@steward/test-kit';

import { anEstate, startBilling, type Estate } from './billing-fixture.ts';
import {
  aPostedRun,
  aPreview,
  aTariff,
  ledgerOf,
  owedBy,
  reasons,
  rolesOf,
  run,
  runTimers,
  seeRun,
  setFigure,
} from './charging-fixture.ts';
import { aPayment } from './counter-fixture.ts';
import { chargesOf, ledgerBalance, sell, standing } from './holders-fixture.ts';
import { askDecorationSum, askFee } from './ledger-fixture.ts';
import { aMeter, perUse, read, type MeterSeen } from './meters-fixture.ts';

let service: TestService;

beforeAll(async () => {
  service = await startBilling();
});
afterAll(() => service?.stop());

type Reading = { id: string; value: string; takenOn: string };

/** The readings of a meter that stand, the newest first. */
async function readingsOf(estate: Estate, id: string): Promise<Reading[]> {
  const query = 'query ($id: ID!) { meter(id: $id) { readings(first: 10) { nodes { id value takenOn } } } }';
  type Seen = { meter: { readings: { nodes: Reading[] } } };
  return (await service.ok<Seen>(estate.clerk, query, { id })).meter.readings.nodes;
}

const voidLast = async (estate: Estate, id: string): Promise<MeterSeen> => {
  const [last] = await readingsOf(estate, id);
  const input = { id, readingId: last?.id, reasonCode: 'MISREAD' };
  return run<MeterSeen>(service, estate.supervisor, 'voidMeterReading', input);
};

describe('a reading that was wrong', () => {
  it('[A249] is taken back with what was charged for it, and the right one of the same day is charged', async () => {
    const estate = await anEstate(service);
    await aTariff(service, estate, perUse);
    const id = await aMeter(service, estate);
    await read(service, estate, id, '1100', '2026-01-31');
    await read(service, estate, id, '1190', '2026-02-28');
    await aPostedRun(service, estate, ['ELECTRICITY']);
    await aPayment(service, estate, 9500, { means: 'TRANSFER', tendered: null, reference: 'TR 1' });
    expect(await voidLast(estate, id)).toMatchObject({ lastValue: '1100', cumulative: '100' });
    expect((await chargesOf(service, estate.billingAccountId)).map(({ status, reason }) => [status, reason])).toEqual([
      ['SETTLED', null],
      ['REVERSED', 'WRONG_READING'],
    ]);
    expect(await ledgerBalance(service, estate.billingAccountId, 'ADVANCE')).toBe(-4500);
    await read(service, estate, id, '1160', '2026-02-28');
    expect((await readingsOf(estate, id)).map(({ value }) => value)).toEqual(['1160', '1100', '1000']);
    await aPostedRun(service, estate, ['ELECTRICITY']);
    await runTimers(service);
    expect(await standing(service, estate.billingAccountId)).toEqual([
      ['2025-12-31', '2026-01-31', 5000, 'SETTLED'],
      ['2026-01-31', '2026-02-28', 3000, 'SETTLED'],
    ]);
    expect(await ledgerBalance(service, estate.billingAccountId, 'ADVANCE')).toBe(-1500);
    const told = await service.events('steward.billing.meter.reading-voided.v1');
    expect(told.at(-1)?.data).toMatchObject({ meterId: id, value: '1190', reasonCode: 'MISREAD' });
  });

  it('[A249] leaves a run that is not posted yet with the right one', async () => {
    const estate = await anEstate(service);
    await aTariff(service, estate, perUse);
    const id = await aMeter(service, estate);
    await read(service, estate, id, '1190', '2026-02-28');
    const preview = await aPreview(service, estate, ['ELECTRICITY']);
    await voidLast(estate, id);
    await read(service, estate, id, '1160', '2026-02-28');
    await run(service, estate.supervisor, 'postChargeRun', { id: preview });
    await runTimers(service);
    expect(await seeRun(service, estate.clerk, preview)).toMatchObject({ lineCount: 1, total: { amount: 8000 } });
    expect(await owedBy(service, estate.billingAccountId)).toBe(8000);
  });

  it('[A246] gives a prepaid balance back what it paid, or who paid it once somebody else lives there', async () => {
    const estate = await anEstate(service);
    await aTariff(service, estate, { ...perUse, taxRate: '0.06' });
    const id = await aMeter(service, estate, { isPrepaid: true });
    const topUp = { id, amount: 4000, means: 'TRANSFER', reference: 'TR 1' };
    await run<MeterSeen>(service, estate.cashier, 'topUpMeter', topUp);
    await read(service, estate, id, '1100', '2026-01-31');
    expect(await owedBy(service, estate.billingAccountId)).toBe(1000);
    expect(await voidLast(estate, id)).toMatchObject({ balance: { amount: 4000 }, lastValue: '1000' });
    expect(await owedBy(service, estate.billingAccountId)).toBe(0);
    expect(await ledgerOf(service, estate)).toMatchObject({ PREPAID: -4000, REVENUE: 0, TAX_PAYABLE: 0 });
    await read(service, estate, id, '1050', '2026-01-31');
    const former = estate.billingAccountId;
    await sell(service, estate, '2026-02-15');
    expect(await ledgerBalance(service, former, 'ADVANCE')).toBe(-1500);
    expect(await voidLast(estate, id)).toMatchObject({ balance: { amount: 0 } });
    expect(await ledgerBalance(service, former, 'ADVANCE')).toBe(-4000);
    expect(await ledgerBalance(service, former, 'PREPAID')).toBe(0);
  });

  it('[A249] is the last one, taken back by a supervisor or the director with a reason', async () => {
    const estate = await anEstate(service);
    await aTariff(service, estate, perUse);
    const id = await aMeter(service, estate);
    await read(service, estate, id, '1100', '2026-01-31');
    const [reading, base] = await readingsOf(estate, id);
    const asked = { id, readingId: reading?.id, reasonCode: 'MISREAD' };
    const refused = (more: object) => reasons(service, estate.supervisor, 'voidMeterReading', { ...asked, ...more });
    expect(await refused({ reasonCode: 'BAD_MOOD' })).toEqual(['REASON_UNKNOWN']);
    expect(await refused({ readingId: newId() })).toEqual(['READING_UNKNOWN']);
    expect(await refused({ readingId: base?.id })).toEqual(['READING_NOT_LAST']);
    const unknown = { ...asked, readingId: newId() };
    expect(await rolesOf(service, estate, 'voidMeterReading', unknown)).toEqual(['director', 'supervisor']);
    await voidLast(estate, id);
    expect(await refused({})).toEqual(['READING_UNKNOWN']);
    expect(await refused({ readingId: base?.id })).toEqual(['READING_NOT_LAST']);
    await run(service, estate.clerk, 'removeMeter', { id, removedOn: '2026-02-01' });
    expect(await refused({ readingId: base?.id })).toEqual(['METER_REMOVED']);
  });
});

describe('shares that were wrong', () => {
  const cost = (estate: Estate, totalAmount: number): object => ({
    communityId: estate.communityId,
    chargeTypeCode: 'PUBLIC_ELECTRICITY',
    basis: 'HOUSEHOLD',
    periodFrom: '2026-01-01',
    periodTo: '2026-04-01',
    totalAmount,
  });

  it('[A014] are taken back by the director once nothing of them is charged, and the cost is shared out again', async () => {
    const estate = await anEstate(service);
    const wrong = await run(service, estate.clerk, 'computeApportionment', cost(estate, 90_000));
    const right = await run(service, estate.clerk, 'computeApportionment', cost(estate, 60_000));
    await run(service, estate.supervisor, 'confirmApportionment', { id: wrong.id });
    // The same cost with another total is the same cost.
    const confirm = { id: right.id };
    expect(await reasons(service, estate.supervisor, 'confirmApportionment', confirm)).toEqual(['SHARED_ALREADY']);
    const charged = await aPostedRun(service, estate, ['PUBLIC_ELECTRICITY']);
    const taken = { id: wrong.id };
    expect(await reasons(service, estate.director, 'reverseApportionment', taken)).toEqual(['SHARES_CHARGED']);
    await run(service, estate.director, 'reverseChargeRun', { id: charged, reasonCode: 'OTHER_ERROR' });
    await runTimers(service);
    expect(await rolesOf(service, estate, 'reverseApportionment', confirm)).toEqual(['director']);
    expect((await run(service, estate.director, 'reverseApportionment', taken)).status).toBe('REVERSED');
    expect(await reasons(service, estate.director, 'reverseApportionment', taken)).toEqual(['ILLEGAL_TRANSITION']);
    expect(await reasons(service, estate.director, 'confirmApportionment', taken)).toEqual(['ILLEGAL_TRANSITION']);
    expect((await run(service, estate.supervisor, 'confirmApportionment', confirm)).status).toBe('CONFIRMED');
    await aPostedRun(service, estate, ['PUBLIC_ELECTRICITY']);
    expect(await owedBy(service, estate.billingAccountId)).toBe(60_000);
  });
});

describe('tax within what no tariff prices', () => {
  const setTax = (estate: Estate, key: string): Promise<void> => setFigure(service, estate, ['taxes', key], 6);

  it('[B050] [A087] is what the company says, of services and decorations; a deposit has none', async () => {
    const estate = await anEstate(service);
    await askFee(service, estate, { amount: 10_600 });
    expect(await ledgerOf(service, estate)).toEqual({ RECEIVABLE: 10_600, REVENUE: -10_600 });
    await setTax(estate, 'paidServiceTaxPercent');
    await setTax(estate, 'decorationWasteTaxPercent');
    await askFee(service, estate, { amount: 10_600 });
    expect((await ledgerOf(service, estate))['TAX_PAYABLE']).toBe(-600);
    await askDecorationSum(service, estate, 'DECORATION_WASTE', 5300);
    expect((await ledgerOf(service, estate))['TAX_PAYABLE']).toBe(-900);
    await askDecorationSum(service, estate, 'DECORATION_DEPOSIT', 5300);
    expect(await ledgerOf(service, estate)).toMatchObject({ TAX_PAYABLE: -900, DEPOSIT: -5300 });
  });

  it('[A249] stands on lines of shares', async () => {
    const estate = await anEstate(service);
    await setTax(estate, 'sharedCostTaxPercent');
    const cost = { chargeTypeCode: 'PUBLIC_WATER', basis: 'HOUSEHOLD', totalAmount: 10_600 };
    const days = { periodFrom: '2025-10-01', periodTo: '2026-01-01' };
    const input = { communityId: estate.communityId, ...cost, ...days };
    const { id } = await run(service, estate.clerk, 'computeApportionment', input);
    await run(service, estate.supervisor, 'confirmApportionment', { id });
    const shared = await aPostedRun(service, estate, ['PUBLIC_WATER'], { ...days, dueOn: '2026-01-31' });
    const [share] = (await seeRun(service, estate.clerk, shared)).lines.nodes;
    expect(share).toMatchObject({ amount: { amount: 10_600 }, taxRate: '0.06', tax: { amount: 600 } });
    expect(await ledgerOf(service, estate)).toEqual({ RECEIVABLE: 10_600, REVENUE: -10_000, TAX_PAYABLE: -600 });
  });
});
