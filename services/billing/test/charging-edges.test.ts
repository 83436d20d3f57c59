import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@steward/core';
import { householdMembershipStarted, householdUnitAdded } from '@steward/events';
import type { TestService } from '@steward/test-kit';

import { accountOf, aHousehold, anEstate, aPlace, startBilling, type Estate } from './billing-fixture.ts';
import {
  aPostedRun,
  aPreview,
  aTariff,
  ledgerOf,
  owedBy,
  release,
  run,
  runTimers,
  seeRun,
  type LineSeen,
} from './charging-fixture.ts';
import { chargesOf, ledgerBalance, sell } from './holders-fixture.ts';
import { aMeter, perUse, read, type MeterSeen } from './meters-fixture.ts';
import { lastDayWords, periodWords } from '../src/commands/paper-words.ts';

let service: TestService;

beforeAll(async () => {
  service = await startBilling();
});
afterAll(() => service?.stop());

const brief = (lines: readonly LineSeen[]) =>
  lines.map(({ unit, chargeType, amount }) => [unit.id, chargeType.code, amount.amount]);

/** The household of an estate has another unit. */
async function anotherUnit(
  estate: Estate,
  path: string,
  usage: 'PARKING' | 'RESIDENTIAL' = 'PARKING',
): Promise<string> {
  const unitId = await aPlace(service, estate, { path, usage, areaM2: '12' });
  const { tenantId, communityId, householdId } = estate;
  const days = { validFrom: '2020-01-01', validTo: null };
  const data = { householdId, holdingId: newId(), unitId, tenure: 'OWNED' as const, ...days };
  await service.wire.send(householdUnitAdded, { tenantId, communityId, aggregateId: householdId, data });
  await service.settle();
  return unitId;
}

describe('what a run could not charge', () => {
  const gapsOf = async (estate: Estate, codes: readonly string[]) => {
    const { gaps } = await seeRun(service, estate.clerk, await aPreview(service, estate, codes));
    return new Set(gaps.nodes.map(({ unit, chargeType, reason }) => `${unit.id} ${chargeType.code} ${reason}`));
  };

  it('[A249] tells of a unit whose use has no tariff, or none on some of the days, and not of units without a meter', async () => {
    const estate = await anEstate(service);
    const shop = await aPlace(service, estate, { path: '3/S01', usage: 'SHOP' });
    await aHousehold(service, estate, { unitId: shop, personId: newId() });
    await service.settle();
    await aTariff(service, estate, { unitUsages: ['RESIDENTIAL'] });
    await aTariff(service, estate, { unitUsages: ['SHOP'], validFrom: '2026-01-02' });
    await aTariff(service, estate, { chargeTypeCode: 'GAS', method: 'METER', rate: '10', unitUsages: ['RESIDENTIAL'] });
    await aTariff(service, estate, { chargeTypeCode: 'CABLE_TV', method: 'FIXED', unitUsages: ['RESIDENTIAL'] });
    const gaps = await gapsOf(estate, ['MANAGEMENT_FEE', 'GAS', 'CABLE_TV']);
    expect(gaps).toEqual(new Set([`${shop} CABLE_TV NO_TARIFF`, `${shop} MANAGEMENT_FEE NO_TARIFF`]));
  });

  it('[A249] tells of a reading that no tariff prices', async () => {
    const estate = await anEstate(service);
    await aTariff(service, estate, { ...perUse, unitUsages: ['SHOP'] });
    const id = await aMeter(service, estate);
    await read(service, estate, id, '1100', '2026-02-01');
    expect(await gapsOf(estate, ['ELECTRICITY'])).toEqual(new Set([`${estate.unitId} ELECTRICITY NO_TARIFF`]));
  });

  it('[A249] tells of a reading whose last day nobody held the unit, though others held it in the period', async () => {
    const estate = await anEstate(service);
    await aTariff(service, estate, perUse);
    const id = await aMeter(service, estate);
    await read(service, estate, id, '1100', '2026-02-15');
    await release(service, estate, estate, '2026-02-15');
    // What a household used up to its last day is its own.
    expect(await gapsOf(estate, ['ELECTRICITY'])).toEqual(new Set());
    const vacant = await anEstate(service);
    await aTariff(service, vacant, perUse);
    await read(service, vacant, await aMeter(service, vacant), '1100', '2026-02-20');
    await release(service, vacant, vacant, '2026-02-15');
    await aHousehold(service, vacant, { unitId: vacant.unitId, personId: newId(), validFrom: '2026-02-20' });
    await service.settle();
    expect(await gapsOf(vacant, ['ELECTRICITY'])).toEqual(new Set([`${vacant.unitId} ELECTRICITY NO_HOLDER`]));
  });

  it('[A249] tells of a formula that gives nothing, and of days that nobody holds a unit', async () => {
    const estate = await anEstate(service);
    await aTariff(service, estate, { method: 'FORMULA', rate: null, formula: 'area / (persons - 1.0)' });
    const late = await aPlace(service, estate, { path: '3/1/1401' });
    await aHousehold(service, estate, { unitId: late, personId: newId(), validFrom: '2026-01-02' });
    await service.settle();
    const gaps = await gapsOf(estate, ['MANAGEMENT_FEE']);
    expect(gaps).toEqual(
      new Set([
        `${estate.unitId} MANAGEMENT_FEE FORMULA_UNDEFINED`,
        `${late} MANAGEMENT_FEE FORMULA_UNDEFINED`,
        `${late} MANAGEMENT_FEE NO_HOLDER`,
      ]),
    );
  });
});

describe('what a household pays', () => {
  it('[A249] is paid once, with the first unit that has a tariff and that it holds on the day', async () => {
    // The parking space comes before the flat in the order of ids, and has no tariff.
    const estate = await anEstate(service);
    const ids: string[] = [];
    for (const path of ['P/1', 'P/2']) ids.push(await anotherUnit(estate, path));
    const second = await anotherUnit(estate, '3/1/1202', 'RESIDENTIAL');
    await aTariff(service, estate, {
      chargeTypeCode: 'GAS',
      method: 'HOUSEHOLD',
      rate: '500',
      taxRate: '0',
      unitUsages: ['RESIDENTIAL'],
    });
    await service.sql(`update unit_reference set usage = 'PARKING' where id = $1`, [estate.unitId]);
    const seen = await seeRun(service, estate.clerk, await aPreview(service, estate, ['GAS']));
    expect(brief(seen.lines.nodes)).toEqual([[second, 'GAS', 1500]]);
  });

  it('[A249] goes on with its other unit when it gives the first up', async () => {
    const estate = await anEstate(service);
    const second = await anotherUnit(estate, '3/1/1202', 'RESIDENTIAL');
    const gas = { chargeTypeCode: 'GAS', method: 'HOUSEHOLD', rate: '500', taxRate: '0' };
    await aTariff(service, estate, gas);
    await aPostedRun(service, estate, ['GAS']);
    expect(await owedBy(service, estate.billingAccountId)).toBe(1500);
    const buyer = await sell(service, estate, '2026-03-01');
    expect(await owedBy(service, estate.billingAccountId)).toBe(1000);
    expect(await owedBy(service, await accountOf(service, second))).toBe(500);
    expect(await owedBy(service, buyer)).toBe(500);
  });

  it('[A249] is priced by a formula with the persons of its first day, once whoever of it owes', async () => {
    const estate = await anEstate(service);
    await aTariff(service, estate, { method: 'FORMULA', rate: null, taxRate: '0', formula: 'persons * 100' });
    const unitId = await aPlace(service, estate, { path: '3/1/1501' });
    const householdId = await aHousehold(service, estate, { unitId, personId: newId(), validFrom: '2026-02-01' });
    const member = { householdId, membershipId: newId(), unitIds: [unitId], personId: newId(), organisationId: null };
    const { tenantId, communityId } = estate;
    await service.wire.send(householdMembershipStarted, {
      tenantId,
      communityId,
      aggregateId: householdId,
      data: { ...member, role: 'FAMILY', validFrom: '2026-02-01', validTo: null },
    });
    await service.settle();
    const seen = await seeRun(service, estate.clerk, await aPreview(service, estate));
    expect(brief(seen.lines.nodes)).toEqual([
      [estate.unitId, 'MANAGEMENT_FEE', 300],
      [unitId, 'MANAGEMENT_FEE', 400],
    ]);
  });
});

describe('tiers', () => {
  const tiers = [{ upTo: '100', rate: '50' }, { rate: '80' }];

  it('[A249] are gone through once a month, however often the meter is read, and anew by who comes after', async () => {
    const estate = await anEstate(service);
    await aTariff(service, estate, { ...perUse, rate: null, tiers });
    const once = await aMeter(service, estate);
    const often = await aMeter(service, estate);
    await read(service, estate, once, '1150', '2026-02-01');
    await read(service, estate, often, '1090', '2026-01-16');
    await read(service, estate, often, '1150', '2026-02-01');
    await read(service, estate, often, '1250', '2026-03-01');
    const seen = await seeRun(service, estate.clerk, await aPostedRun(service, estate, ['ELECTRICITY']));
    const amounts = seen.lines.nodes.map(({ quantity, amount }) => [quantity, amount.amount]);
    expect(amounts.sort(([one], [other]) => Number(one) - Number(other))).toEqual([
      // Ten more of the first hundred, fifty beyond.
      ['60', 10 * 50 + 50 * 80],
      ['90', 90 * 50],
      ['100', 100 * 50],
      ['150', 100 * 50 + 50 * 80],
    ]);
  });

  it('[A249] begin anew with whoever moves in, on prepaid meters too', async () => {
    const estate = await anEstate(service);
    await aTariff(service, estate, { ...perUse, rate: null, tiers });
    const id = await aMeter(service, estate, { isPrepaid: true });
    await read(service, estate, id, '1090', '2026-01-16');
    await read(service, estate, id, '1150', '2026-01-20');
    expect((await chargesOf(service, estate.billingAccountId)).map(({ amount }) => amount)).toEqual([4500, 4500]);
    const buyer = await sell(service, estate, '2026-01-20');
    await read(service, estate, id, '1250', '2026-02-01', { isConfirmed: true });
    expect(await owedBy(service, buyer)).toBe(5000);
  });
});

it('[A079] a period on paper ends with its last day', () => {
  expect(periodWords('2026-01-01', '2026-04-01')).toBe('2026-01-01 ~ 2026-03-31');
  expect([periodWords(null, null), lastDayWords(null)]).toEqual(['—', '—']);
});

describe('prepaid meters and who used what', () => {
  const topUp = (estate: Estate, id: string, amount: number) =>
    run<MeterSeen>(service, estate.cashier, 'topUpMeter', { id, amount, means: 'TRANSFER', reference: 'TR 1' });
  const booked = async (estate: Estate) => {
    const mutation = `mutation ($input: ReconcileBooksInput!) { reconcileBooks(input: $input) { bookReconciliation {
      checks { book bookAmount { amount } ledgerAmount { amount } } } } }`;
    type Check = { book: string; bookAmount: { amount: number }; ledgerAmount: { amount: number } };
    type Seen = { reconcileBooks: { bookReconciliation: { checks: Check[] } } };
    const input = { communityId: estate.communityId };
    const { checks } = (await service.ok<Seen>(estate.clerk, mutation, { input })).reconcileBooks.bookReconciliation;
    const found = checks.find(({ book }) => book === 'PREPAID_METERS');
    return [found?.bookAmount.amount, found?.ledgerAmount.amount];
  };

  it('[A246] what is used beyond the balance is a charge with its days and its tax, and the meter stays at nothing', async () => {
    const estate = await anEstate(service);
    await aTariff(service, estate, { ...perUse, taxRate: '0.06' });
    const id = await aMeter(service, estate, { isPrepaid: true });
    await topUp(estate, id, 4000);
    expect(await read(service, estate, id, '1100', '2026-02-01')).toMatchObject({ balance: { amount: 0 } });
    const [charge] = await chargesOf(service, estate.billingAccountId);
    expect(charge).toMatchObject({ amount: 1000, from: '2025-12-31', to: '2026-02-01', status: 'OPEN' });
    expect(await ledgerOf(service, estate)).toMatchObject({
      PREPAID: 0,
      RECEIVABLE: 1000,
      REVENUE: -4717,
      TAX_PAYABLE: -283,
    });
    expect(await topUp(estate, id, 3000)).toMatchObject({ balance: { amount: 3000 } });
    expect(await booked(estate)).toEqual([3000, 3000]);
    // Figures of the meter that somebody altered are found.
    await service.sql('update meter set balance = balance + 1 where id = $1', [id]);
    expect(await booked(estate)).toEqual([3001, 3000]);
  });

  it('[A209] what is left is an advance when the household leaves, and a late reading never takes the next one’s money', async () => {
    const estate = await anEstate(service);
    await aTariff(service, estate, perUse);
    const id = await aMeter(service, estate, { isPrepaid: true });
    await topUp(estate, id, 8000);
    const former = estate.billingAccountId;
    const buyer = await sell(service, estate, '2026-02-15');
    expect(await ledgerBalance(service, former, 'ADVANCE')).toBe(-8000);
    expect(await topUp(estate, id, 6000)).toMatchObject({ balance: { amount: 6000 } });
    expect(await read(service, estate, id, '1100', '2026-02-15')).toMatchObject({ balance: { amount: 6000 } });
    await runTimers(service);
    expect(await ledgerBalance(service, former, 'ADVANCE')).toBe(-3000);
    expect([await owedBy(service, former), await owedBy(service, buyer)]).toEqual([0, 0]);
    expect(await read(service, estate, id, '1120', '2026-03-01')).toMatchObject({ balance: { amount: 5000 } });
    expect(await ledgerBalance(service, buyer, 'PREPAID')).toBe(-5000);
    expect(await booked(estate)).toEqual([5000, 5000]);
  });

  it('[A209] a meter that is taken out leaves nobody’s money behind', async () => {
    const estate = await anEstate(service);
    const id = await aMeter(service, estate, { isPrepaid: true });
    await topUp(estate, id, 8000);
    await run(service, estate.clerk, 'removeMeter', { id, removedOn: '2026-01-31' });
    expect(await ledgerBalance(service, estate.billingAccountId, 'ADVANCE')).toBe(-8000);
    expect(await ledgerBalance(service, estate.billingAccountId, 'PREPAID')).toBe(0);
    expect(await booked(estate)).toEqual([0, 0]);
  });
});
