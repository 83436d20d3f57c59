import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@steward/core';
import { custodyEnded, custodyStarted } from '@steward/events';
import type { TestService } from '@steward/test-kit';

import { accountOf, aHousehold, anEstate, aPlace, startBilling } from './billing-fixture.ts';
import {
  aPostedRun,
  aPreview,
  aTariff,
  ledgerOf,
  lineFields,
  owedBy,
  reasons,
  refusal,
  release,
  run,
  runTimers,
  seeRun,
  type LineSeen,
  firstQuarter,
} from './charging-fixture.ts';

let service: TestService;

beforeAll(async () => {
  service = await startBilling();
});
afterAll(() => service?.stop());

describe('a charge run', () => {
  it('[A230] previews a quarter, owes nothing before it is posted by somebody else, and then once', async () => {
    const estate = await anEstate(service);
    const tariffId = await aTariff(service, estate);
    const id = await aPreview(service, estate);
    const preview = await seeRun(service, estate.supervisor, id);
    expect(preview).toMatchObject({ status: 'PREVIEWED', lineCount: 1, gapCount: 0, computedSteps: 1, postedSteps: 0 });
    expect(preview.lines.nodes).toMatchObject([
      {
        unit: { id: estate.unitId },
        method: 'AREA',
        tariff: { id: tariffId },
        periodFrom: '2026-01-01',
        periodTo: '2026-04-01',
        quantity: '88.50',
        rate: '235',
        share: '1',
        months: '3',
        // 2.35 x 88.50 x 3 = 623.925, halves up; 6 % of tax is in it.
        amount: { amount: 62_393 },
        taxRate: '0.06',
        tax: { amount: 3532 },
        rule: 'A230',
      },
    ]);
    expect(await owedBy(service, estate.billingAccountId)).toBe(0);
    expect(await reasons(service, estate.clerk, 'postChargeRun', { id })).toEqual(['ACCESS_DENIED']);
    const own = await run(service, estate.supervisor, 'startChargeRun', {
      communityId: estate.communityId,
      chargeTypeCodes: ['PUBLIC_WATER'],
      ...firstQuarter,
    });
    await runTimers(service);
    expect(await reasons(service, estate.supervisor, 'postChargeRun', { id: own.id })).toEqual(['OWN_RUN']);

    await run(service, estate.supervisor, 'postChargeRun', { id });
    await runTimers(service);
    expect(await seeRun(service, estate.clerk, id)).toMatchObject({ status: 'POSTED', postedSteps: 1 });
    expect(await owedBy(service, estate.billingAccountId)).toBe(62_393);
    expect(await ledgerOf(service, estate)).toEqual({ RECEIVABLE: 62_393, REVENUE: -58_861, TAX_PAYABLE: -3532 });
    expect(await reasons(service, estate.supervisor, 'postChargeRun', { id })).toEqual(['ILLEGAL_TRANSITION']);

    const again = await aPreview(service, estate);
    expect(await seeRun(service, estate.clerk, again)).toMatchObject({ status: 'PREVIEWED', lineCount: 0 });
    await run(service, estate.clerk, 'discardChargeRun', { id: again });
    expect(await owedBy(service, estate.billingAccountId)).toBe(62_393);
  });

  it('[A230] the charge explains itself months later, to its household too', async () => {
    const estate = await anEstate(service);
    await aTariff(service, estate);
    const id = await aPostedRun(service, estate);
    const [line] = (await seeRun(service, estate.clerk, id)).lines.nodes;
    const query = `query ($id: ID!) { charge(id: $id) { status line { ${lineFields} tariff { documentNumber } } } }`;
    type Seen = { charge: { status: string; line: LineSeen & { tariff: { documentNumber: string } } } };
    const { charge } = await service.ok<Seen>(estate.resident, query, { id: line?.id });
    expect(charge).toMatchObject({
      status: 'OPEN',
      line: { months: '3', tariff: { documentNumber: '京发改〔2025〕12号' } },
    });
  });

  it('[A228] [A231] telephone goes by the month, heating by the year from November; other days are refused', async () => {
    const estate = await anEstate(service);
    await aTariff(service, estate, { chargeTypeCode: 'TELEPHONE', method: 'FIXED', rate: '1800', taxRate: '0' });
    await aTariff(service, estate, { chargeTypeCode: 'HEATING', method: 'AREA', rate: '250', taxRate: '0' });
    const ask = (code: string, periodFrom: string, periodTo: string) => ({
      communityId: estate.communityId,
      chargeTypeCodes: [code],
      periodFrom,
      periodTo,
      dueOn: periodTo,
    });
    const quarter = ask('TELEPHONE', '2026-01-01', '2026-04-01');
    const { reason, rule, message } = await refusal(service, estate.clerk, 'startChargeRun', quarter, 'en');
    expect([reason, rule, message]).toEqual([
      'NOT_A_CYCLE',
      'A228',
      'The days are not one billing cycle of this kind.',
    ]);
    const calendarYear = ask('HEATING', '2026-01-01', '2027-01-01');
    expect(await refusal(service, estate.clerk, 'startChargeRun', calendarYear)).toMatchObject({ rule: 'A231' });
    const month = await aPostedRun(service, estate, ['TELEPHONE'], {
      ...ask('', '2026-02-01', '2026-03-01'),
      chargeTypeCodes: ['TELEPHONE'],
    });
    expect((await seeRun(service, estate.clerk, month)).total.amount).toBe(1800);
    const season = await aPostedRun(service, estate, ['HEATING'], {
      ...ask('', '2025-11-01', '2026-11-01'),
      chargeTypeCodes: ['HEATING'],
    });
    expect((await seeRun(service, estate.clerk, season)).total.amount).toBe(265_500);
  });

  it('[A249] knows areas, households, members, uses and formulas, and tells what it could not charge', async () => {
    const estate = await anEstate(service);
    const shop = await aPlace(service, estate, { path: '3/S01', usage: 'SHOP', areaM2: '40' });
    const shopPerson = newId();
    await aHousehold(service, estate, { unitId: shop, personId: shopPerson });
    const empty = await aPlace(service, estate, { path: '3/1/1301' });
    await service.settle();
    await aTariff(service, estate, { unitUsages: ['RESIDENTIAL'], taxRate: '0' });
    await aTariff(service, estate, {
      unitUsages: ['SHOP'],
      method: 'FORMULA',
      rate: null,
      taxRate: '0',
      formula: 'usage == "SHOP" ? area * 600 + persons * 100 : area',
    });
    await aTariff(service, estate, { chargeTypeCode: 'WATER', method: 'PERSON', rate: '1200', taxRate: '0' });
    await aTariff(service, estate, {
      chargeTypeCode: 'GAS',
      method: 'HOUSEHOLD',
      rate: '500',
      taxRate: '0.1',
      isTaxIncluded: false,
    });
    const seen = await seeRun(
      service,
      estate.clerk,
      await aPreview(service, estate, ['MANAGEMENT_FEE', 'WATER', 'GAS']),
    );
    const byUnit = (unitId: string) =>
      Object.fromEntries(
        seen.lines.nodes.filter(({ unit }) => unit.id === unitId).map((line) => [line.chargeType.code, line]),
      );
    expect(byUnit(shop)).toMatchObject({
      // (40 x 600 + 1 x 100) x 3 months
      MANAGEMENT_FEE: { method: 'FORMULA', rate: '24100', amount: { amount: 72_300 } },
      WATER: { method: 'PERSON', quantity: '1', amount: { amount: 3600 } },
      GAS: { method: 'HOUSEHOLD', amount: { amount: 1650 }, tax: { amount: 150 } },
    });
    expect(byUnit(estate.unitId)['MANAGEMENT_FEE']).toMatchObject({ method: 'AREA', amount: { amount: 62_393 } });
    expect(byUnit(empty)).toEqual({});
    expect(seen.gaps.nodes.filter(({ unit }) => unit.id === empty).map(({ reason }) => reason)).toEqual(
      seen.gaps.nodes.map(() => 'NO_HOLDER'),
    );
    expect(seen.totals.map(({ chargeType, lineCount }) => [chargeType.code, lineCount])).toEqual([
      ['GAS', 2],
      ['MANAGEMENT_FEE', 2],
      ['WATER', 2],
    ]);
  });

  it('[A230] a sale divides the fee by days, and arrears stay with the former owner', async () => {
    const estate = await anEstate(service);
    await aTariff(service, estate, { taxRate: '0' });
    await aPostedRun(service, estate, ['MANAGEMENT_FEE'], {
      periodFrom: '2025-10-01',
      periodTo: '2026-01-01',
      dueOn: '2025-12-31',
    });
    const former = estate.billingAccountId;
    await release(service, estate, estate, '2026-02-15');
    await aHousehold(service, estate, { unitId: estate.unitId, personId: newId(), validFrom: '2026-02-15' });
    await service.settle();
    const buyer = await accountOf(service, estate.unitId);
    expect(buyer).not.toBe(former);
    await aPostedRun(service, estate);
    // A month and a half each: 235 x 88.50 x 1.5 = 31,196.25.
    expect(await owedBy(service, former)).toBe(62_393 + 31_196);
    expect(await owedBy(service, buyer)).toBe(31_196);
  });

  it('a flat in custody pays 70 % of its management fee on those days, and all of everything else', async () => {
    const estate = await anEstate(service);
    await aTariff(service, estate, { taxRate: '0' });
    await aTariff(service, estate, { chargeTypeCode: 'CABLE_TV', method: 'FIXED', rate: '2500', taxRate: '0' });
    const custodyId = newId();
    const { tenantId, communityId, unitId, householdId } = estate;
    const data = { custodyId, unitId, householdId, startsOn: '2026-02-01', managementFeeShare: '0.70' };
    const send = { tenantId, communityId, aggregateId: custodyId };
    await service.wire.send(custodyStarted, { ...send, data });
    await service.wire.send(custodyEnded, { ...send, data: { ...data, endsOn: '2026-03-01' } });
    await service.settle();
    const seen = await seeRun(service, estate.clerk, await aPreview(service, estate, ['MANAGEMENT_FEE', 'CABLE_TV']));
    const fees = seen.lines.nodes.filter(({ chargeType }) => chargeType.code === 'MANAGEMENT_FEE');
    expect(fees.map(({ periodFrom, periodTo, share, amount }) => [periodFrom, periodTo, share, amount.amount])).toEqual(
      [
        ['2026-01-01', '2026-02-01', '1', 20_798],
        ['2026-02-01', '2026-03-01', '0.70', 14_558],
        ['2026-03-01', '2026-04-01', '1', 20_798],
      ],
    );
    expect(seen.totals.find(({ chargeType }) => chargeType.code === 'CABLE_TV')?.amount.amount).toBe(7500);
  });
});
