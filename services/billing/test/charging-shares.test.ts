import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@steward/core';
import { moveInChargeRequested, moveOutChargeRequested } from '@steward/events';
import type { TestService } from '@steward/test-kit';

import { aHousehold, anEstate, aPlace, startBilling, type Estate } from './billing-fixture.ts';
import { aPostedRun, aPreview, aTariff, ledgerOf, owedBy, reasons, rolesOf, run, seeRun } from './charging-fixture.ts';
import { askDecorationSum, chargesFor } from './ledger-fixture.ts';

let service: TestService;

beforeAll(async () => {
  service = await startBilling();
});
afterAll(() => service?.stop());

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
    expect(seen.lines.nodes.map(({ method, rule }) => [method, rule])).toEqual(
      Array.from({ length: 3 }, () => ['SHARE', 'A249']),
    );
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
    expect(await rolesOf(service, estate, 'confirmApportionment', { id })).toEqual(['director', 'supervisor']);
    expect(await rolesOf(service, estate, 'discardApportionment', { id })).toEqual(['director', 'supervisor', 'clerk']);
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
    // Taken back instead of paid: nothing is left to pay either.
    const [fee] = await service.sql<{ id: string }>(
      `select id from charge where billing_account_id = $1 and amount > 0`,
      [estate.billingAccountId],
    );
    const taken = { id: fee?.id, reasonCode: 'WRONG_AMOUNT' };
    await run(service, estate.supervisor, 'reverseCharge', taken, 'charge { id }');
    expect((await chargesFor(service, estate.clerk, moveOutId))[0]).toMatchObject({ status: 'SETTLED' });
    const told = (await service.events('steward.billing.charge.settled.v1')).map(({ aggregateId }) => aggregateId);
    expect(told).toContain(final?.id);
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
