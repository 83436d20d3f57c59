import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addDays, newId } from '@steward/core';
import { moveInChargeRequested, moveOutChargeRequested } from '@steward/events';
import type { TestService } from '@steward/test-kit';

import { accountOf, aHousehold, anEstate, aPlace, startBilling } from './billing-fixture.ts';
import {
  aPostedRun,
  aPreview,
  aTariff,
  firstQuarter,
  ledgerOf,
  owedBy,
  release,
  run,
  runTimers,
  seeRun,
} from './charging-fixture.ts';
import { aPayment } from './counter-fixture.ts';
import { chargesOf, ledgerBalance, sell, standing } from './holders-fixture.ts';
import { chargesFor } from './ledger-fixture.ts';
import { aMeter, perUse, read } from './meters-fixture.ts';

let service: TestService;

beforeAll(async () => {
  service = await startBilling();
});
afterAll(() => service?.stop());

const halfQuarter = 31_196;
const early = { ...firstQuarter, dueOn: '2026-01-31' };

describe('a unit that changes hands after its days were charged', () => {
  it('[A230] is charged by days to both: what was too much is taken back, and nothing happens twice', async () => {
    const estate = await anEstate(service);
    await aTariff(service, estate, { taxRate: '0' });
    await aPostedRun(service, estate, ['MANAGEMENT_FEE'], early);
    const former = estate.billingAccountId;
    const buyer = await sell(service, estate, '2026-02-15');
    expect(await standing(service, former)).toEqual([['2026-01-01', '2026-02-15', halfQuarter, 'OPEN']]);
    expect(await standing(service, buyer)).toEqual([['2026-02-15', '2026-04-01', halfQuarter, 'OPEN']]);
    const [whole, own] = await chargesOf(service, former);
    expect(whole).toMatchObject({ status: 'REVERSED', reason: 'HOLDER_CHANGED', amount: 62_393 });
    expect(own).toMatchObject({ cause: whole?.id, due: '2026-01-31' });
    // Whoever did not know of it has 15 days.
    const today = (await service.now()).toISOString().slice(0, 10);
    expect(await chargesOf(service, buyer)).toMatchObject([{ cause: whole?.id, due: addDays(today, 15) }]);
    expect([await owedBy(service, former), await owedBy(service, buyer)]).toEqual([halfQuarter, halfQuarter]);

    await release(service, estate, estate, '2026-02-15');
    expect(await chargesOf(service, former)).toHaveLength(2);
    expect(await chargesOf(service, buyer)).toHaveLength(1);
    const again = await aPreview(service, estate);
    expect(await seeRun(service, estate.clerk, again)).toMatchObject({ lineCount: 0 });
    expect(await ledgerOf(service, estate)).toMatchObject({ RECEIVABLE: 2 * halfQuarter, REVENUE: -2 * halfQuarter });
  });

  it('[A230] leaves who had paid an advance of the days that are not theirs', async () => {
    const estate = await anEstate(service);
    await aTariff(service, estate, { taxRate: '0' });
    await aPostedRun(service, estate);
    const former = estate.billingAccountId;
    await aPayment(service, estate, 62_393, { means: 'TRANSFER', tendered: null, reference: 'TR 1' });
    const buyer = await sell(service, estate, '2026-02-15');
    await runTimers(service);
    expect(await standing(service, former)).toEqual([['2026-01-01', '2026-02-15', halfQuarter, 'SETTLED']]);
    expect(await ledgerBalance(service, former, 'ADVANCE')).toBe(halfQuarter - 62_393);
    expect(await owedBy(service, former)).toBe(0);
    expect(await owedBy(service, buyer)).toBe(halfQuarter);
    expect((await chargesOf(service, buyer))[0]?.due).toBe('2026-03-31');
  });

  it('[A230] waits with days that nobody is known for, and charges them to whoever comes', async () => {
    const estate = await anEstate(service);
    await aTariff(service, estate);
    await aPostedRun(service, estate);
    await release(service, estate, estate, '2026-02-15');
    expect((await ledgerOf(service, estate))['RECEIVABLE']).toBe(halfQuarter);
    await aHousehold(service, estate, { unitId: estate.unitId, personId: newId(), validFrom: '2026-03-01' });
    await service.settle();
    const buyer = await accountOf(service, estate.unitId);
    expect(await standing(service, buyer)).toEqual([['2026-03-01', '2026-04-01', 20_798, 'OPEN']]);
    // The sale was of an earlier day after all: it moves back to the former owner.
    await release(service, estate, estate, '2026-03-01');
    expect(await standing(service, estate.billingAccountId)).toEqual([
      ['2026-01-01', '2026-02-15', halfQuarter, 'OPEN'],
      ['2026-02-15', '2026-03-01', 10_399, 'OPEN'],
    ]);
  });

  it('[A230] is judged again before a run is posted that was computed before', async () => {
    const estate = await anEstate(service);
    await aTariff(service, estate, { taxRate: '0' });
    const other = await aPlace(service, estate, { path: '3/1/1305' });
    const id = await aPreview(service, estate);
    expect(await seeRun(service, estate.clerk, id)).toMatchObject({ lineCount: 1, gapCount: 1 });
    const former = estate.billingAccountId;
    const buyer = await sell(service, estate, '2026-02-15');
    await aHousehold(service, estate, { unitId: other, personId: newId(), validFrom: '2026-03-01' });
    await service.settle();
    await run(service, estate.supervisor, 'postChargeRun', { id });
    await runTimers(service);
    expect(await standing(service, former)).toEqual([['2026-01-01', '2026-02-15', halfQuarter, 'OPEN']]);
    expect(await standing(service, buyer)).toEqual([['2026-02-15', '2026-04-01', halfQuarter, 'OPEN']]);
    const total = 2 * halfQuarter + 20_798;
    expect(await seeRun(service, estate.clerk, id)).toMatchObject({
      status: 'POSTED',
      lineCount: 3,
      gapCount: 1,
      total: { amount: total },
    });
    expect((await ledgerOf(service, estate))['RECEIVABLE']).toBe(total);
  });

  it('[A230] a run that is taken back takes what was divided anew with it', async () => {
    const estate = await anEstate(service);
    await aTariff(service, estate);
    const id = await aPostedRun(service, estate);
    const buyer = await sell(service, estate, '2026-02-15');
    await run(service, estate.director, 'reverseChargeRun', { id, reasonCode: 'WRONG_TARIFF' });
    await runTimers(service);
    expect(await standing(service, estate.billingAccountId)).toEqual([]);
    expect(await standing(service, buyer)).toEqual([]);
    expect(await ledgerOf(service, estate)).toEqual({ RECEIVABLE: 0, REVENUE: 0, TAX_PAYABLE: 0 });
    await aPostedRun(service, estate);
    expect((await ledgerOf(service, estate))['RECEIVABLE']).toBe(2 * halfQuarter);
  });

  it('[A230] a tenant takes over what occupants pay', async () => {
    const estate = await anEstate(service);
    await aTariff(service, estate, { chargeTypeCode: 'CABLE_TV', method: 'FIXED', rate: '2000', taxRate: '0' });
    await aTariff(service, estate, { taxRate: '0' });
    await aPostedRun(service, estate, ['MANAGEMENT_FEE', 'CABLE_TV'], early);
    await aHousehold(service, estate, {
      unitId: estate.unitId,
      personId: newId(),
      tenure: 'RENTED',
      validFrom: '2026-03-01',
    });
    await service.settle();
    const [tenant] = await service.sql<{ id: string }>(
      `select billing_account_id as id from unit_liability where unit_id = $1 and tenure = 'RENTED'`,
      [estate.unitId],
    );
    expect(await standing(service, tenant?.id ?? '')).toEqual([['2026-03-01', '2026-04-01', 2000, 'OPEN']]);
    expect(await owedBy(service, estate.billingAccountId)).toBe(62_393 + 4000);
  });

  it('[A249] what a meter counted after the sale is the buyer’s, however late the sale is told', async () => {
    const estate = await anEstate(service);
    await aTariff(service, estate, perUse);
    const id = await aMeter(service, estate);
    await read(service, estate, id, '1100', '2026-02-15');
    await read(service, estate, id, '1150', '2026-03-01');
    await aPostedRun(service, estate, ['ELECTRICITY']);
    expect(await owedBy(service, estate.billingAccountId)).toBe(7500);
    const buyer = await sell(service, estate, '2026-02-15');
    expect(await owedBy(service, estate.billingAccountId)).toBe(5000);
    expect(await owedBy(service, buyer)).toBe(2500);
  });
});

it('[A055] what a household takes over is the fee that it pays before it moves in', async () => {
  const estate = await anEstate(service);
  await aTariff(service, estate, { taxRate: '0' });
  await aPostedRun(service, estate);
  const buyer = await sell(service, estate, '2026-02-15');
  const [holding] = await service.sql<{ id: string }>(
    'select household_id as id from unit_liability where unit_id = $1 and billing_account_id = $2',
    [estate.unitId, buyer],
  );
  const { tenantId, communityId, unitId } = estate;
  const moveInId = newId();
  const terms = { chargeTypeCode: 'MANAGEMENT_FEE', startsOn: '2026-02-20', rule: 'A055' };
  const data = { moveInId, unitId, householdId: holding?.id ?? '', ...terms };
  await service.wire.send(moveInChargeRequested, { tenantId, communityId, aggregateId: moveInId, data });
  await service.settle();
  const [fee] = await chargesFor(service, estate.clerk, moveInId);
  expect(fee).toMatchObject({ status: 'OPEN', amount: { amount: halfQuarter } });
  expect(await owedBy(service, buyer)).toBe(halfQuarter);
  await release(service, estate, estate, '2026-02-15');
  expect(await owedBy(service, buyer)).toBe(halfQuarter);
});

describe('a household that leaves', () => {
  it('[A249] is charged to its last day though the whole quarter was charged, before anybody gives the unit back', async () => {
    const estate = await anEstate(service);
    await aTariff(service, estate, { taxRate: '0' });
    await aPostedRun(service, estate);
    const { tenantId, communityId, unitId, householdId, billingAccountId: former } = estate;
    const moveOutId = newId();
    const terms = { chargeTypeCode: 'FINAL_SETTLEMENT', endsOn: '2026-02-15', rule: 'B010' };
    const data = { moveOutId, unitId, householdId, ...terms };
    await service.wire.send(moveOutChargeRequested, { tenantId, communityId, aggregateId: moveOutId, data });
    await service.settle();
    expect(await owedBy(service, former)).toBe(halfQuarter);
    expect((await chargesFor(service, estate.clerk, moveOutId))[0]).toMatchObject({ status: 'OPEN' });
    const buyer = await sell(service, estate, '2026-02-15');
    expect(await owedBy(service, former)).toBe(halfQuarter);
    expect(await standing(service, buyer)).toEqual([['2026-02-15', '2026-04-01', halfQuarter, 'OPEN']]);
  });

  it('[A230] comes before a run that is not posted yet, which is left with what is somebody else’s', async () => {
    const estate = await anEstate(service);
    await aTariff(service, estate, { taxRate: '0' });
    const id = await aPreview(service, estate);
    const { tenantId, communityId, unitId, householdId, billingAccountId: former } = estate;
    const moveOutId = newId();
    const terms = { chargeTypeCode: 'FINAL_SETTLEMENT', endsOn: '2026-02-15', rule: 'B010' };
    const data = { moveOutId, unitId, householdId, ...terms };
    await service.wire.send(moveOutChargeRequested, { tenantId, communityId, aggregateId: moveOutId, data });
    await service.settle();
    expect(await owedBy(service, former)).toBe(halfQuarter);
    const buyer = await sell(service, estate, '2026-02-15');
    await run(service, estate.supervisor, 'postChargeRun', { id });
    await runTimers(service);
    expect(await owedBy(service, former)).toBe(halfQuarter);
    expect(await owedBy(service, buyer)).toBe(halfQuarter);
    expect(await seeRun(service, estate.clerk, id)).toMatchObject({ lineCount: 1, total: { amount: halfQuarter } });
  });
});
