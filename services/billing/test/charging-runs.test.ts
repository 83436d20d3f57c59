import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Viewer } from '@steward/auth';
import { newId } from '@steward/core';
import { custodyEnded, custodyStarted, moveInChargeRequested, moveOutChargeRequested } from '@steward/events';
import type { TestService } from '@steward/test-kit';

import { accountOf, aColleague, aHousehold, anEstate, aPlace, startBilling, type Estate } from './billing-fixture.ts';
import {
  aPostedRun,
  aPreview,
  aTariff,
  aTariffInput,
  firstQuarter,
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
} from './charging-fixture.ts';
import { askDecorationSum, chargesFor } from './ledger-fixture.ts';

let service: TestService;

beforeAll(async () => {
  service = await startBilling();
});
afterAll(() => service?.stop());

const everyRole = [
  'director',
  'deputyDirector',
  'administrativeSupervisor',
  'supervisor',
  'clerk',
  'cashier',
  'maintenance',
  'guard',
  'environment',
  'trainer',
  'analyst',
  'operator',
] as const;

/** Which roles a mutation lets in: the others are told that they may not, whatever the state is. */
async function rolesOf(estate: Estate, mutation: string, input: object): Promise<string[]> {
  const allowed: string[] = [];
  for (const role of everyRole) {
    const viewer: Viewer = aColleague(estate, role);
    const { reason } = await refusal(service, viewer, mutation, input);
    if (reason !== 'ACCESS_DENIED' && reason !== 'NOT_FOUND') allowed.push(role);
  }
  return allowed;
}

describe('tariffs', () => {
  let estate: Estate;
  beforeAll(async () => {
    estate = await anEstate(service);
  });

  it('[A003] counts with the paper of the authority, its days, and the approval of somebody else', async () => {
    const input = aTariffInput(estate, { chargeTypeCode: 'HEATING', rate: '250' });
    const { id } = await run(service, estate.clerk, 'draftTariff', input);
    expect(await reasons(service, aColleague(estate, 'clerk'), 'approveTariff', { id })).toEqual(['ACCESS_DENIED']);
    const approved = await run(service, estate.director, 'approveTariff', { id });
    expect(approved).toMatchObject({ status: 'APPROVED', version: 2 });
    const query = `query ($id: ID!) { tariff(id: $id) { documentNumber documentIssuer documentIssuedOn validFrom validTo
      approvedAt history { nodes { action rule } } availableActions { action allowed refusal { reason } } } }`;
    type Seen = { tariff: { documentNumber: string; approvedAt: string; history: { nodes: { rule: string }[] } } };
    const { tariff } = await service.ok<Seen>(estate.supervisor, query, { id });
    expect(tariff).toMatchObject({ documentIssuer: '市物价局', validFrom: '2025-06-01', validTo: null });
    expect(tariff.history.nodes.map(({ rule }) => rule)).toEqual(['A003', 'A003']);
    const [fact] = (await service.events('steward.billing.tariff.approved.v1')).filter((e) => e.aggregateId === id);
    expect(fact?.data).toMatchObject({ chargeTypeCode: 'HEATING', validFrom: '2025-06-01', validTo: null });
  });

  it('[A003] a director does not approve what they drafted, nor twice', async () => {
    const both = aColleague(estate, 'director');
    const { id } = await run(
      service,
      both,
      'draftTariff',
      aTariffInput(estate, { chargeTypeCode: 'CABLE_TV', method: 'FIXED' }),
    );
    expect(await reasons(service, both, 'approveTariff', { id })).toEqual(['OWN_DRAFT']);
    await run(service, estate.director, 'approveTariff', { id });
    expect(await reasons(service, estate.director, 'approveTariff', { id })).toEqual(['ILLEGAL_TRANSITION']);
    const twin = await run(
      service,
      estate.clerk,
      'draftTariff',
      aTariffInput(estate, { chargeTypeCode: 'CABLE_TV', method: 'FIXED' }),
    );
    const { reason, message } = await refusal(service, estate.director, 'approveTariff', { id: twin.id }, 'zh-CN');
    expect(reason).toBe('TARIFF_OVERLAPS');
    expect(message).toMatch(/^收费标准 SF-.* 在同一时段适用于相同用途。$/);
  });

  it('[A249] names everything that is wrong with one at once', async () => {
    const input = aTariffInput(estate, { rate: null, documentNumber: ' ', validTo: '2025-01-01', taxRate: '1.5' });
    expect(await reasons(service, estate.clerk, 'draftTariff', input)).toEqual([
      'PRICE_REQUIRED',
      'NOT_A_SHARE',
      'AUTHORITY_REQUIRED',
      'ENDS_BEFORE_START',
    ]);
    const formula = aTariffInput(estate, { method: 'FORMULA', rate: null, formula: 'process.exit(1)' });
    expect(await reasons(service, estate.clerk, 'draftTariff', formula)).toEqual(['FORMULA_UNUSABLE']);
  });

  it('[A249] the director approves and ends, supervisor and director withdraw, each in its state', async () => {
    const id = await aTariff(service, estate, { chargeTypeCode: 'GAS', method: 'FIXED', validFrom: '2025-07-01' });
    const draft = await run(
      service,
      estate.clerk,
      'draftTariff',
      aTariffInput(estate, { chargeTypeCode: 'WATER', method: 'FIXED' }),
    );
    expect(await rolesOf(estate, 'approveTariff', { id })).toEqual(['director']);
    expect(await rolesOf(estate, 'endTariff', { id, validTo: '2025-07-01' })).toEqual(['director']);
    expect(await rolesOf(estate, 'withdrawTariff', { id })).toEqual(['director', 'supervisor']);
    expect(await reasons(service, estate.director, 'endTariff', { id: draft.id, validTo: '2026-12-01' })).toEqual([
      'ILLEGAL_TRANSITION',
    ]);
    expect(await reasons(service, estate.director, 'endTariff', { id, validTo: '2025-07-01' })).toEqual([
      'ENDS_BEFORE_START',
    ]);
    expect(await run(service, estate.director, 'endTariff', { id, validTo: '2026-07-01' })).toMatchObject({
      status: 'APPROVED',
    });
    expect(await reasons(service, estate.director, 'withdrawTariff', { id })).toEqual(['ILLEGAL_TRANSITION']);
    expect(await run(service, estate.supervisor, 'withdrawTariff', { id: draft.id })).toMatchObject({
      status: 'WITHDRAWN',
    });
    expect(await reasons(service, estate.director, 'withdrawTariff', { id: draft.id })).toEqual(['ILLEGAL_TRANSITION']);
    expect(await reasons(service, estate.director, 'approveTariff', { id: draft.id })).toEqual(['ILLEGAL_TRANSITION']);
    expect(await reasons(service, estate.director, 'endTariff', { id: draft.id, validTo: '2026-12-01' })).toEqual([
      'ILLEGAL_TRANSITION',
    ]);
  });
});

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
        ...{
          periodFrom: '2026-01-01',
          periodTo: '2026-04-01',
          quantity: '88.50',
          rate: '235',
          share: '1',
          months: '3',
        },
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

  it('[A230] goes on where it stood after a crash in the middle, and charges nobody twice', async () => {
    const estate = await anEstate(service);
    await aTariff(service, estate, { taxRate: '0' });
    // A second step needs more units than the first one takes; the last in order is somebody's.
    await service.sql(
      `insert into unit_reference (id, tenant_id, community_id, kind, path, building_path, area_m2)
       select ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, $1, $2, 'UNIT', '9/' || n, '9', 50
         from generate_series(1, 1000) n on conflict do nothing`,
      [estate.tenantId, estate.communityId],
    );
    const id = await aPreview(service, estate);
    expect(await seeRun(service, estate.clerk, id)).toMatchObject({
      status: 'PREVIEWED',
      computedSteps: 2,
      lineCount: 1,
    });
    await service.sql(`create function fail_charge() returns trigger language plpgsql as
      $$ begin raise exception 'the power is out'; end $$`);
    await service.sql('create trigger fail_charge before insert on charge for each row execute function fail_charge()');
    await run(service, estate.supervisor, 'postChargeRun', { id });
    await runTimers(service);
    expect(await seeRun(service, estate.clerk, id)).toMatchObject({ status: 'POSTING', postedSteps: 1 });
    expect(await owedBy(service, estate.billingAccountId)).toBe(0);
    await service.sql('drop trigger fail_charge on charge');
    await service.sql('drop function fail_charge()');
    await service.restart();
    await service.move({ advance: 'PT2M' });
    expect(await seeRun(service, estate.clerk, id)).toMatchObject({ status: 'POSTED', postedSteps: 2 });
    expect(await owedBy(service, estate.billingAccountId)).toBe(62_393);
    await service.sql(`delete from timer where community_id = $1`, [estate.communityId]);
  });

  it('[A230] clerk, supervisor and director start and discard; supervisor and director post; the director reverses', async () => {
    const estate = await anEstate(service);
    await aTariff(service, estate);
    const id = await aPreview(service, estate);
    expect(await rolesOf(estate, 'reverseChargeRun', { id, reasonCode: 'WRONG_TARIFF' })).toEqual(['director']);
    await run(service, estate.supervisor, 'postChargeRun', { id });
    await runTimers(service);
    expect(await rolesOf(estate, 'postChargeRun', { id })).toEqual(['director', 'supervisor']);
    expect(await rolesOf(estate, 'discardChargeRun', { id })).toEqual(['director', 'supervisor', 'clerk']);
    const other = await aPreview(service, estate);
    await run(service, estate.clerk, 'discardChargeRun', { id: other });
    for (const mutation of ['postChargeRun', 'discardChargeRun']) {
      expect(await reasons(service, estate.director, mutation, { id: other })).toEqual(['ILLEGAL_TRANSITION']);
    }
    expect(
      await reasons(service, estate.director, 'reverseChargeRun', { id: other, reasonCode: 'WRONG_TARIFF' }),
    ).toEqual(['ILLEGAL_TRANSITION']);
    const posting = await aPreview(service, estate, ['PUBLIC_WATER']);
    expect(
      await reasons(service, estate.clerk, 'startChargeRun', {
        communityId: estate.communityId,
        chargeTypeCodes: ['PUBLIC_WATER'],
        ...firstQuarter,
      }),
    ).toEqual(['RUN_UNDER_WAY']);
    expect((await run(service, estate.supervisor, 'postChargeRun', { id: posting })).status).toBe('POSTING');
    await runTimers(service);
    const reversed = await run(service, estate.director, 'reverseChargeRun', { id, reasonCode: 'WRONG_TARIFF' });
    expect(reversed.status).toBe('REVERSING');
    await runTimers(service);
    expect(await reasons(service, estate.director, 'reverseChargeRun', { id, reasonCode: 'WRONG_TARIFF' })).toEqual([
      'ILLEGAL_TRANSITION',
    ]);
  });

  it('[A230] is corrected by reversal: the opposite postings, and a new run that charges anew', async () => {
    const estate = await anEstate(service);
    await aTariff(service, estate);
    const id = await aPostedRun(service, estate);
    expect(await reasons(service, estate.director, 'reverseChargeRun', { id, reasonCode: 'BAD_MOOD' })).toEqual([
      'REASON_UNKNOWN',
    ]);
    await run(service, estate.director, 'reverseChargeRun', { id, reasonCode: 'WRONG_TARIFF' });
    await runTimers(service);
    expect((await seeRun(service, estate.clerk, id)).status).toBe('REVERSED');
    expect(await ledgerOf(service, estate)).toEqual({ RECEIVABLE: 0, REVENUE: 0, TAX_PAYABLE: 0 });
    expect(await reasons(service, estate.director, 'reverseChargeRun', { id, reasonCode: 'WRONG_TARIFF' })).toEqual([
      'ILLEGAL_TRANSITION',
    ]);
    const anew = await aPostedRun(service, estate);
    expect((await seeRun(service, estate.clerk, anew)).lineCount).toBe(1);
    expect(await owedBy(service, estate.billingAccountId)).toBe(62_393);
  });

  it('[A230] a single charge that is taken back is charged again by the next run, and only that', async () => {
    const estate = await anEstate(service);
    await aTariff(service, estate);
    await aTariff(service, estate, { chargeTypeCode: 'CABLE_TV', method: 'FIXED', rate: '2500' });
    const id = await aPostedRun(service, estate, ['MANAGEMENT_FEE', 'CABLE_TV']);
    const line = (await seeRun(service, estate.clerk, id)).lines.nodes.find(
      ({ chargeType }) => chargeType.code === 'CABLE_TV',
    );
    const reverse = 'mutation ($input: ReverseChargeInput!) { reverseCharge(input: $input) { charge { status } } }';
    await service.ok(estate.supervisor, reverse, { input: { id: line?.id, reasonCode: 'WRONG_AMOUNT' } });
    const next = await seeRun(service, estate.clerk, await aPreview(service, estate, ['MANAGEMENT_FEE', 'CABLE_TV']));
    expect(next.lines.nodes.map(({ chargeType }) => chargeType.code)).toEqual(['CABLE_TV']);
  });

  it('[A230] charges late fees only where the community agreed on them, for the days and up to the cap', async () => {
    const estate = await anEstate(service);
    await aTariff(service, estate, { taxRate: '0' });
    await aPostedRun(service, estate, ['MANAGEMENT_FEE'], {
      periodFrom: '2025-10-01',
      periodTo: '2026-01-01',
      dueOn: '2026-01-31',
    });
    const february = { periodFrom: '2026-02-01', periodTo: '2026-03-01', dueOn: '2026-03-31' };
    const none = await aPreview(service, estate, ['LATE_FEE'], february);
    expect((await seeRun(service, estate.clerk, none)).lineCount).toBe(0);
    await run(service, estate.clerk, 'discardChargeRun', { id: none });
    const policy = `mutation ($input: SetBillingPolicyInput!) { setBillingPolicy(input: $input) { figures { key } } }`;
    const set = { communityId: estate.communityId, policy: 'charges', key: 'lateFeeDailyPermille', value: 1 };
    await service.ok(estate.director, policy, { input: { ...set, reason: '业主大会决议第八号' } });
    const seen = await seeRun(service, estate.clerk, await aPreview(service, estate, ['LATE_FEE'], february));
    // 62,393 x 0.001 x 28 days of February
    expect(seen.lines.nodes).toMatchObject([{ method: 'LATE_FEE', quantity: '62393', amount: { amount: 1747 } }]);
  });
});

describe('payment notices', () => {
  it('[A254] every household of a run is told what to pay until when, within three days of the posting', async () => {
    const estate = await anEstate(service);
    await aTariff(service, estate);
    const before = await service.now();
    const id = await aPostedRun(service, estate);
    const seen = await seeRun(service, estate.clerk, id);
    const [deadline] = seen.deadlines;
    expect(deadline).toMatchObject({ kind: 'PAYMENT_NOTICES', rule: 'A254', state: 'MET' });
    const day = new Date(before.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
    const due = new Date(`${day}T16:00:00Z`).getTime() + 3 * 86_400_000;
    expect(new Date(deadline?.dueAt ?? 0).getTime()).toBe(due);
    const started = new Date(deadline?.warnAt ?? 0).getTime();
    const [{ started_at: startedAt } = { started_at: new Date(0) }] = await service.sql<{ started_at: Date }>(
      'select started_at from deadline where aggregate_id = $1',
      [id],
    );
    expect((started - startedAt.getTime()) / (due - startedAt.getTime())).toBeCloseTo(0.8, 4);
    expect(seen.noticesSentAt).not.toBeNull();
    const told = await service.sql<{ channel: string; params: Record<string, unknown> }>(
      `select channel, params from notification where aggregate_id = $1 and household_id = $2 order by channel`,
      [id, estate.householdId],
    );
    expect(told.map(({ channel }) => channel)).toEqual(['IN_APP', 'SMS']);
    expect(told[0]?.params).toMatchObject({
      amount: 623.93,
      charges: 1,
      dueOn: '2026-03-31',
      periodFrom: '2026-01-01',
    });
    const query = '{ billingNotifications(first: 5) { nodes { template text } } }';
    type Seen = { billingNotifications: { nodes: { template: string; text: string }[] } };
    const { data } = await service.graphql<Seen>(estate.resident, query, {}, 'zh-CN');
    expect(data?.billingNotifications.nodes[0]?.text).toMatch(/^请于 .*前缴纳 .*共 623\.93 CNY（1 项）。$/);
  });
});

describe('shared costs', () => {
  const cost = (estate: Estate, overrides: object = {}): object => ({
    communityId: estate.communityId,
    chargeTypeCode: 'PUBLIC_ELECTRICITY',
    basis: 'AREA',
    periodFrom: '2026-01-01',
    periodTo: '2026-04-01',
    totalAmount: 100_001,
    ...overrides,
  });
  const sharesQuery = `query ($id: ID!) { apportionment(id: $id) { shares(first: 100) { totalCount nodes {
    bearer unit { id } weight amount { amount } } } } }`;
  type Seen = {
    apportionment: { shares: { nodes: { bearer: string; weight: string; amount: { amount: number } }[] } };
  };
  const sharesOf = async (estate: Estate, id: string) =>
    (await service.ok<Seen>(estate.clerk, sharesQuery, { id })).apportionment.shares.nodes;

  async function threeFlats(): Promise<Estate> {
    const estate = await anEstate(service);
    for (const path of ['3/1/1202', '3/2/1201']) {
      const unitId = await aPlace(service, estate, { path, areaM2: '120.30' });
      await aHousehold(service, estate, { unitId, personId: newId() });
    }
    await service.settle();
    return estate;
  }

  it.each([
    ['AREA', {}, [26_892, 36_554, 36_555]],
    ['HOUSEHOLD', {}, [33_333, 33_334, 33_334]],
    ['SECTION', {}, [25_000, 25_001, 50_000]],
    ['FORMULA', { formula: 'max(area, 100) + persons' }, [29_395, 35_303, 35_303]],
  ])('[A014] [A249] by %s the shares equal the total to the cent', async (basis, more, expected) => {
    const estate = await threeFlats();
    const { id } = await run(service, estate.clerk, 'computeApportionment', cost(estate, { basis, ...more }));
    const amounts = (await sharesOf(estate, id)).map(({ amount }) => amount.amount);
    expect(amounts.reduce((sum, amount) => sum + amount, 0)).toBe(100_001);
    expect([...amounts].sort((one, other) => one - other)).toEqual([...expected].sort((one, other) => one - other));
  });

  it('[A014] [A249] is confirmed by another, charged by the run once, and the same again is refused', async () => {
    const estate = await threeFlats();
    const input = cost(estate);
    const first = await run<{ id: string; sharesSha256: string }>(service, estate.clerk, 'computeApportionment', input);
    const again = await run<{ id: string; sharesSha256: string }>(service, estate.clerk, 'computeApportionment', input);
    expect(again.sharesSha256).toBe(first.sharesSha256);
    const own = await run(service, estate.supervisor, 'computeApportionment', cost(estate, { totalAmount: 5 }));
    expect(await reasons(service, estate.supervisor, 'confirmApportionment', { id: own.id })).toEqual(['OWN_DRAFT']);
    expect(await run(service, estate.supervisor, 'confirmApportionment', { id: first.id })).toMatchObject({
      status: 'CONFIRMED',
    });
    expect(await reasons(service, estate.supervisor, 'confirmApportionment', { id: again.id })).toEqual([
      'SHARED_ALREADY',
    ]);
    expect(await reasons(service, estate.clerk, 'computeApportionment', input)).toEqual(['SHARED_ALREADY']);
    const id = await aPostedRun(service, estate, ['PUBLIC_ELECTRICITY']);
    const seen = await seeRun(service, estate.clerk, id);
    expect(seen).toMatchObject({ status: 'POSTED', lineCount: 3, total: { amount: 100_001 } });
    expect(seen.lines.nodes.map(({ method, rule }) => [method, rule])).toEqual(Array(3).fill(['SHARE', 'A249']));
    expect((await ledgerOf(service, estate))['RECEIVABLE']).toBe(100_001);
    const next = await aPreview(service, estate, ['PUBLIC_ELECTRICITY']);
    expect((await seeRun(service, estate.clerk, next)).lineCount).toBe(0);
  });

  it('[A014] staff meals are shared out among departments by meals eaten, and nobody is charged', async () => {
    const estate = await anEstate(service);
    const bearers = [
      { code: 'SECURITY', weight: '410' },
      { code: 'MAINTENANCE', weight: '205' },
      { code: 'CUSTOMER_SERVICE', weight: '96' },
    ];
    const month = { chargeTypeCode: 'STAFF_MEAL', basis: 'GIVEN', periodFrom: '2026-02-01', periodTo: '2026-03-01' };
    const { id } = await run(
      service,
      estate.clerk,
      'computeApportionment',
      cost(estate, { ...month, bearers, totalAmount: 1_066_500 }),
    );
    expect(
      Object.fromEntries((await sharesOf(estate, id)).map(({ bearer, amount }) => [bearer, amount.amount])),
    ).toEqual({
      SECURITY: 615_000,
      MAINTENANCE: 307_500,
      CUSTOMER_SERVICE: 144_000,
    });
    await run(service, estate.supervisor, 'confirmApportionment', { id });
    const february = { periodFrom: '2026-02-01', periodTo: '2026-03-01', dueOn: '2026-03-31' };
    const preview = await aPreview(service, estate, ['STAFF_MEAL'], february);
    expect((await seeRun(service, estate.clerk, preview)).lineCount).toBe(0);
  });

  it('[A014] clerk and above compute and discard, supervisor and director confirm, drafts only', async () => {
    const estate = await threeFlats();
    const { id } = await run(service, estate.clerk, 'computeApportionment', cost(estate));
    expect((await run(service, estate.clerk, 'discardApportionment', { id })).status).toBe('DISCARDED');
    expect(await rolesOf(estate, 'confirmApportionment', { id })).toEqual(['director', 'supervisor']);
    expect(await rolesOf(estate, 'discardApportionment', { id })).toEqual(['director', 'supervisor', 'clerk']);
    for (const mutation of ['confirmApportionment', 'discardApportionment']) {
      expect(await reasons(service, estate.director, mutation, { id })).toEqual(['ILLEGAL_TRANSITION']);
    }
    const other = await run(service, estate.clerk, 'computeApportionment', cost(estate));
    expect((await run(service, estate.director, 'confirmApportionment', { id: other.id })).status).toBe('CONFIRMED');
    for (const mutation of ['confirmApportionment', 'discardApportionment']) {
      expect(await reasons(service, estate.director, mutation, { id: other.id })).toEqual(['ILLEGAL_TRANSITION']);
    }
    const wrong = cost(estate, { chargeTypeCode: 'MANAGEMENT_FEE', totalAmount: 0, basis: 'GIVEN' });
    expect(await reasons(service, estate.clerk, 'computeApportionment', wrong)).toEqual([
      'CHARGE_TYPE_NOT_SHARED',
      'AMOUNT_UNFIT',
      'BASIS_UNFIT',
    ]);
  });
});

describe('fees that procedures of residents ask for', () => {
  it('a household that moves in pays from its first day to the end of the quarter, and the run leaves that out', async () => {
    const estate = await anEstate(service);
    await aTariff(service, estate, { taxRate: '0' });
    const unitId = await aPlace(service, estate, { path: '3/2/0801' });
    const householdId = await aHousehold(service, estate, { unitId, personId: newId(), validFrom: '2026-02-15' });
    const moveInId = newId();
    const { tenantId, communityId } = estate;
    const terms = { chargeTypeCode: 'MANAGEMENT_FEE', startsOn: '2026-02-15', rule: 'A055' };
    const data = { moveInId, unitId, householdId, ...terms };
    await service.wire.send(moveInChargeRequested, { tenantId, communityId, aggregateId: moveInId, data });
    await service.settle();
    const [charge] = await chargesFor(service, estate.clerk, moveInId);
    expect(charge).toMatchObject({ status: 'OPEN', amount: { amount: 31_196 } });
    const seen = await seeRun(service, estate.clerk, await aPreview(service, estate));
    expect(seen.lines.nodes.map(({ unit }) => unit.id)).toEqual([estate.unitId]);
  });

  it('a household that leaves is charged to its last day, and is settled when nothing is left to pay', async () => {
    const estate = await anEstate(service);
    await aTariff(service, estate, { taxRate: '0' });
    const { tenantId, communityId, unitId, householdId } = estate;
    const moveOutId = newId();
    const data = {
      moveOutId,
      unitId,
      householdId,
      chargeTypeCode: 'FINAL_SETTLEMENT',
      endsOn: '2026-02-15',
      rule: 'B010',
    };
    await service.wire.send(moveOutChargeRequested, { tenantId, communityId, aggregateId: moveOutId, data });
    await service.settle();
    expect(await owedBy(service, estate.billingAccountId)).toBe(31_196);
    const [final] = await chargesFor(service, estate.clerk, moveOutId);
    expect(final).toMatchObject({ status: 'OPEN', amount: { amount: 0 } });
  });

  it('[A087] the decoration waste fee is charged to whoever decorates', async () => {
    const estate = await anEstate(service);
    const decorationId = await askDecorationSum(service, estate, 'DECORATION_WASTE', 26_550);
    const [charge] = await chargesFor(service, estate.clerk, decorationId);
    expect(charge).toMatchObject({
      status: 'OPEN',
      amount: { amount: 26_550 },
      chargeType: { code: 'DECORATION_WASTE' },
    });
    expect(await owedBy(service, estate.billingAccountId)).toBe(26_550);
    expect((await ledgerOf(service, estate))['REVENUE']).toBe(-26_550);
    const raised = (await service.events('steward.billing.charge.raised.v1')).find(
      ({ aggregateId }) => aggregateId === charge?.id,
    );
    expect(raised?.data).toMatchObject({ cause: { service: 'residents', aggregateId: decorationId } });
  });
});
