import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@steward/core';
import {
  custodyEnded,
  custodyStarted,
  householdUnitReleased,
  moveOutChargeRequested,
  placeUpdated,
} from '@steward/events';
import type { TestService } from '@steward/test-kit';

import { aHousehold, anEstate, startBilling, type Estate } from './billing-fixture.ts';
import {
  aPostedRun,
  aPreview,
  aTariff,
  aTariffInput,
  firstQuarter,
  owedBy,
  reasons,
  run,
  runTimers,
  seeRun,
} from './charging-fixture.ts';
import { aPayment } from './counter-fixture.ts';
import { ledgerBalance, standing } from './holders-fixture.ts';

let service: TestService;

beforeAll(async () => {
  service = await startBilling();
});
afterAll(() => service?.stop());

const transfer = { means: 'TRANSFER', tendered: null, reference: 'TR 1' };

const advanceOf = async ({ billingAccountId }: Estate): Promise<number> =>
  -(await ledgerBalance(service, billingAccountId, 'ADVANCE'));

describe('custody in the middle of a cycle that is charged', () => {
  type Days = { custodyId: string; startsOn: string; endsOn?: string };

  async function custody(estate: Estate, { custodyId, startsOn, endsOn }: Days): Promise<void> {
    const { tenantId, communityId, unitId, householdId } = estate;
    const data = { custodyId, unitId, householdId, startsOn, managementFeeShare: '0.70' };
    const send = { tenantId, communityId, aggregateId: custodyId };
    await (endsOn === undefined
      ? service.wire.send(custodyStarted, { ...send, data })
      : service.wire.send(custodyEnded, { ...send, data: { ...data, endsOn } }));
    await service.settle();
    await runTimers(service);
  }

  it('[A230] pays 70 % from its first day on, though the whole was charged and paid, and all of it from its end on', async () => {
    const estate = await anEstate(service);
    await aTariff(service, estate, { taxRate: '0' });
    await aTariff(service, estate, { chargeTypeCode: 'CABLE_TV', method: 'FIXED', rate: '1000', taxRate: '0' });
    const id = await aPostedRun(service, estate, ['MANAGEMENT_FEE', 'CABLE_TV']);
    await aPayment(service, estate, 65_393, transfer);
    const begun = { custodyId: newId(), startsOn: '2026-03-01' };
    const cable = ['2026-01-01', '2026-04-01', 3000, 'SETTLED'];
    // Two months of 20,797.50, and one at 70 %.
    const two = ['2026-01-01', '2026-03-01', 41_595, 'SETTLED'];
    for (let time = 0; time < 2; time += 1) {
      await custody(estate, begun);
      const fees = await standing(service, estate.billingAccountId);
      expect(fees).toEqual([cable, two, ['2026-03-01', '2026-04-01', 14_558, 'SETTLED']]);
      expect(await advanceOf(estate)).toBe(65_393 - 3000 - 41_595 - 14_558);
    }
    await custody(estate, { ...begun, endsOn: '2026-03-11' });
    expect(await standing(service, estate.billingAccountId)).toEqual([
      cable,
      two,
      ['2026-03-01', '2026-03-11', 4696, 'SETTLED'],
      ['2026-03-11', '2026-04-01', 14_089, 'SETTLED'],
    ]);
    await run(service, estate.director, 'reverseChargeRun', { id, reasonCode: 'WRONG_TARIFF' });
    await runTimers(service);
    expect(await standing(service, estate.billingAccountId)).toEqual([]);
    expect(await advanceOf(estate)).toBe(65_393);
  });

  it('[A230] counts in a run that is not posted yet', async () => {
    const estate = await anEstate(service);
    await aTariff(service, estate, { taxRate: '0' });
    const id = await aPreview(service, estate);
    await custody(estate, { custodyId: newId(), startsOn: '2026-03-01' });
    await run(service, estate.supervisor, 'postChargeRun', { id });
    await runTimers(service);
    expect(await owedBy(service, estate.billingAccountId)).toBe(41_595 + 14_558);
  });
});

describe('a day of a unit', () => {
  it('[A230] that old books charged is not charged again', async () => {
    const estate = await anEstate(service);
    await aTariff(service, estate, { taxRate: '0' });
    const { communityId, unitId } = estate;
    const totals = { arrearsAmount: 41_000, prepaidAmount: 0, depositAmount: 0, meterCount: 0 };
    const opened = { communityId, openedOn: '2026-02-28', ...totals };
    const { id } = await run(service, estate.director, 'openOpeningImport', opened);
    const fee = { kind: 'ARREARS', chargeTypeCode: 'MANAGEMENT_FEE', unitId };
    const rows = [
      { ...fee, sourceKey: 'A-1', amount: 40_000, periodFrom: '2025-12-01', periodTo: '2026-03-01' },
      { ...fee, sourceKey: 'A-2', amount: 1000 },
    ];
    const results = 'results { refusal { reason } }';
    const sent = await run<object[]>(service, estate.director, 'importOpeningBalances', { id, rows }, results);
    expect(sent).toEqual([{ refusal: null }, { refusal: null }]);
    const seen = await seeRun(service, estate.clerk, await aPostedRun(service, estate));
    expect(seen.lines.nodes.map(({ periodFrom, periodTo }) => [periodFrom, periodTo])).toEqual([
      ['2026-03-01', '2026-04-01'],
    ]);
    expect(await owedBy(service, estate.billingAccountId)).toBe(41_000 + 20_798);
    // The same key with other days is another row; what was taken back by hand can be withdrawn, so that the take-over ends.
    const other = [{ ...rows[0], periodTo: '2026-04-01' }];
    expect(
      await run<object[]>(service, estate.director, 'importOpeningBalances', { id, rows: other }, results),
    ).toEqual([{ refusal: { reason: 'SOURCE_KEY_TAKEN' } }]);
    const [charge] = await service.sql<{ id: string }>(
      'select id from charge where billing_account_id = $1 and amount = 1000',
      [estate.billingAccountId],
    );
    await run(service, estate.supervisor, 'reverseCharge', { id: charge?.id, reasonCode: 'NOT_DUE' }, 'charge { id }');
    const gone = { id, rows: [{ kind: 'ARREARS', sourceKey: 'A-2' }] };
    const withdrawn = 'results { isWithdrawn refusal { reason } }';
    expect(await run<object[]>(service, estate.director, 'withdrawOpeningBalances', gone, withdrawn)).toEqual([
      { isWithdrawn: true, refusal: null },
    ]);
    await run(service, estate.director, 'amendOpeningImport', { id, arrearsAmount: 40_000 });
    expect((await run(service, estate.director, 'closeOpeningImport', { id })).status).toBe('CLOSED');
  });

  it('[A230] is charged once, however many households rent it; what households pay is paid by each', async () => {
    const estate = await anEstate(service);
    await aTariff(service, estate, { chargeTypeCode: 'CABLE_TV', method: 'FIXED', rate: '2500', taxRate: '0' });
    await aTariff(service, estate, { chargeTypeCode: 'GAS', method: 'HOUSEHOLD', rate: '500', taxRate: '0' });
    const { tenantId, communityId, unitId } = estate;
    const tenants: { householdId: string; account: string }[] = [];
    for (const validFrom of ['2026-01-01', '2026-02-01']) {
      const holder = { unitId, personId: newId(), tenure: 'RENTED' as const, validFrom };
      const householdId = await aHousehold(service, estate, holder);
      await service.settle();
      const [found] = await service.sql<{ id: string }>(
        'select billing_account_id as id from unit_liability where household_id = $1',
        [householdId],
      );
      tenants.push({ householdId, account: found?.id ?? '' });
    }
    await aPostedRun(service, estate, ['CABLE_TV', 'GAS']);
    const owed = () => Promise.all(tenants.map(({ account }) => owedBy(service, account)));
    expect(await owed()).toEqual([7500 + 1500, 1000]);
    const [first] = tenants;
    const [holding] = await service.sql<{ id: string }>('select id from household_unit where household_id = $1', [
      first?.householdId,
    ]);
    const held = { householdId: first?.householdId ?? '', holdingId: holding?.id ?? '', unitId };
    const days = { tenure: 'RENTED' as const, validFrom: '2026-01-01', validTo: '2026-03-01' };
    const send = { tenantId, communityId, aggregateId: held.householdId };
    await service.wire.send(householdUnitReleased, { ...send, data: { ...held, ...days } });
    await service.settle();
    expect(await owed()).toEqual([5000 + 1000, 2500 + 1000]);
    const again = await seeRun(service, estate.clerk, await aPreview(service, estate, ['CABLE_TV', 'GAS']));
    expect(again.lineCount).toBe(0);
  });
});

describe('a run that somebody has looked at', () => {
  it('[A249] is not posted at a price that was ended meanwhile', async () => {
    const estate = await anEstate(service);
    const id = await aTariff(service, estate, { taxRate: '0' });
    const preview = await aPreview(service, estate);
    const ended = { id, validTo: '2026-03-01' };
    expect(await reasons(service, estate.director, 'endTariff', ended)).toEqual(['RUN_UNDER_WAY']);
    await run(service, estate.director, 'endTariff', { id, validTo: firstQuarter.periodTo });
    await run(service, estate.clerk, 'discardChargeRun', { id: preview });
    await run(service, estate.director, 'endTariff', ended);
    expect((await seeRun(service, estate.clerk, await aPreview(service, estate))).total.amount).toBe(41_595);
  });

  it('[A249] charges the area that a unit was found to have since', async () => {
    const estate = await anEstate(service);
    await aTariff(service, estate, { taxRate: '0' });
    const id = await aPreview(service, estate);
    const { tenantId, communityId, unitId } = estate;
    const where = {
      placeId: unitId,
      communityId,
      parentId: null,
      kind: 'UNIT' as const,
      path: '3/1/1201',
      code: '1201',
    };
    const what = { usage: 'RESIDENTIAL' as const, commonAreaCode: null, areaM2: '100', floor: null };
    const terms = { deliveredOn: '2020-01-01', warrantyFrom: '2020-01-01', designLifeYears: 50 };
    const data = { ...where, ...what, ...terms };
    await service.wire.send(placeUpdated, { tenantId, communityId, aggregateId: unitId, data });
    await service.settle();
    await run(service, estate.supervisor, 'postChargeRun', { id });
    await runTimers(service);
    expect(await owedBy(service, estate.billingAccountId)).toBe(70_500);
  });

  it('[A249] is never of a price that the books cannot hold', async () => {
    const estate = await anEstate(service);
    const draft = (price: object) => aTariffInput(estate, { chargeTypeCode: 'CABLE_TV', method: 'FIXED', ...price });
    const refused = (price: object) => reasons(service, estate.clerk, 'draftTariff', draft(price));
    expect(await refused({ rate: '1000000000.01' })).toEqual(['AMOUNT_UNFIT']);
    const metered = { chargeTypeCode: 'WATER', method: 'METER', rate: null };
    expect(await refused({ ...metered, tiers: [{ rate: '1000000001' }] })).toEqual(['AMOUNT_UNFIT']);
    await run(service, estate.clerk, 'draftTariff', draft({ rate: '1000000000' }));
    await aTariff(service, estate, { method: 'FORMULA', rate: null, formula: 'area * 999999999999' });
    const seen = await seeRun(service, estate.clerk, await aPreview(service, estate));
    expect(seen).toMatchObject({ status: 'PREVIEWED', lineCount: 0 });
    expect(seen.gaps.nodes.map(({ reason }) => reason)).toEqual(['FORMULA_UNDEFINED']);
  });
});

it('[A230] the owner of a flat that a tenant leaves has time to pay a fee that nobody told of', async () => {
  const estate = await anEstate(service);
  await aTariff(service, estate, { taxRate: '0' });
  await aTariff(service, estate, { chargeTypeCode: 'CABLE_TV', method: 'FIXED', rate: '2800', taxRate: '0' });
  const { tenantId, communityId, unitId } = estate;
  const holder = { unitId, personId: newId(), tenure: 'RENTED' as const, validFrom: '2026-02-01' };
  const householdId = await aHousehold(service, estate, holder);
  const moveOutId = newId();
  const terms = { chargeTypeCode: 'FINAL_SETTLEMENT', endsOn: '2026-02-11', rule: 'B010' };
  const data = { moveOutId, unitId, householdId, ...terms };
  await service.wire.send(moveOutChargeRequested, { tenantId, communityId, aggregateId: moveOutId, data });
  await service.settle();
  const found = await service.sql<{ kind: string; due: string }>(
    `select charge_type_code || ' ' || amount as kind, due_on::text as due from charge
      where community_id = $1 order by charge_type_code, amount`,
    [communityId],
  );
  expect(found.map(({ kind, due }) => [kind, due])).toEqual([
    ['CABLE_TV 1000', '2026-02-11'],
    ['CABLE_TV 2800', '2026-03-17'],
    ['FINAL_SETTLEMENT 0', '2026-02-11'],
    ['MANAGEMENT_FEE 28225', '2026-03-17'],
  ]);
});
