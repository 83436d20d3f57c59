import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Viewer } from '@steward/auth';
import { newId } from '@steward/core';
import type { TestService } from '@steward/test-kit';

import { aColleague, aFlat, aHousehold, anEstate, startBilling } from './billing-fixture.ts';
import { everyRole, ledgerOf, owedBy, reasons, refusal, release, run } from './charging-fixture.ts';
import { aMeter } from './meters-fixture.ts';

let service: TestService;

beforeAll(async () => {
  service = await startBilling();
});
afterAll(() => service?.stop());

describe('opening balances', () => {
  const imported = 'results { index isNew refusal { reason violations { reason } } }';
  type Row = { isNew: boolean; refusal: { reason: string; violations: { reason: string }[] } | null };

  it('are entered once, stay with the former owner, and close only when they agree with the old books', async () => {
    const estate = await anEstate(service);
    const other = await aFlat(service, estate, '3/1/1202');
    await release(service, estate, estate, '2026-02-01');
    await aHousehold(service, estate, { unitId: estate.unitId, personId: newId(), validFrom: '2026-02-01' });
    await service.settle();
    const prepaid = await aMeter(service, estate, { unitId: other.unitId, isPrepaid: true, number: 'OLD-P' });
    const totals = { arrearsAmount: 150_000, prepaidAmount: 3000, depositAmount: 200_000, meterCount: 1 };
    const opened = { communityId: estate.communityId, openedOn: '2026-02-28', ...totals };
    const { id } = await run(service, estate.director, 'openOpeningImport', opened);
    expect(await reasons(service, estate.director, 'openOpeningImport', opened)).toEqual(['OPENING_UNDER_WAY']);
    const fee = {
      kind: 'ARREARS',
      chargeTypeCode: 'MANAGEMENT_FEE',
      periodFrom: '2025-07-01',
      periodTo: '2025-10-01',
      dueOn: '2025-09-30',
    };
    const rows = [
      { ...fee, sourceKey: 'A-1', unitId: estate.unitId, householdId: estate.householdId, amount: 100_000 },
      { ...fee, sourceKey: 'A-2', unitId: other.unitId, amount: 40_000 },
      {
        kind: 'PREPAID',
        sourceKey: 'P-1',
        unitId: other.unitId,
        chargeTypeCode: 'ELECTRICITY',
        amount: 3000,
        meterKind: 'ELECTRICITY',
        meterNumber: 'OLD-P',
      },
      {
        kind: 'DEPOSIT',
        sourceKey: 'D-1',
        unitId: other.unitId,
        chargeTypeCode: 'DECORATION_DEPOSIT',
        amount: 200_000,
      },
      {
        kind: 'METER_BASE',
        sourceKey: 'M-1',
        unitId: other.unitId,
        chargeTypeCode: 'WATER',
        meterKind: 'WATER',
        meterNumber: 'OLD-W',
        value: '88.5',
      },
      { ...fee, sourceKey: 'A-3', unitId: newId(), amount: 10_000 },
      { ...fee, sourceKey: 'A-4', unitId: other.unitId, amount: 0, chargeTypeCode: 'POOL' },
    ];
    const send = (viewer: Viewer, sent: object[]) =>
      run<Row[]>(service, viewer, 'importOpeningBalances', { id, rows: sent }, imported);
    const first = await send(estate.supervisor, rows);
    expect(first.map(({ isNew, refusal: refused }) => [isNew, refused?.reason ?? null])).toEqual([
      ...Array.from({ length: 5 }, () => [true, null]),
      [false, 'UNIT_UNKNOWN'],
      [false, first[6]?.refusal?.reason],
    ]);
    expect(first[6]?.refusal?.violations.map(({ reason }) => reason)).toEqual(['CHARGE_TYPE_UNKNOWN', 'AMOUNT_UNFIT']);
    expect((await send(estate.supervisor, rows.slice(0, 5))).map(({ isNew }) => isNew)).toEqual(Array(5).fill(false));
    expect(await owedBy(service, estate.billingAccountId)).toBe(100_000);
    const close = { id };
    const { reason, message } = await refusal(service, estate.director, 'closeOpeningImport', close, 'zh-CN');
    expect(reason).toBe('OPENING_DIFFERS');
    expect(message).toContain('期初数据与旧账不符');
    const query = `query ($id: ID!) { openingImport(id: $id) { status reconciliation { kind rowCount expected entered inLedger difference } } }`;
    const see = async () =>
      (await service.ok<{ openingImport: { reconciliation: object[] } }>(estate.clerk, query, { id })).openingImport;
    expect((await see()).reconciliation).toEqual([
      { kind: 'ARREARS', rowCount: 2, expected: 150_000, entered: 140_000, inLedger: 140_000, difference: 10_000 },
      { kind: 'PREPAID', rowCount: 1, expected: 3000, entered: 3000, inLedger: 3000, difference: 0 },
      { kind: 'DEPOSIT', rowCount: 1, expected: 200_000, entered: 200_000, inLedger: 200_000, difference: 0 },
      { kind: 'METER_BASE', rowCount: 1, expected: 1, entered: 1, inLedger: 1, difference: 0 },
    ]);
    await send(estate.director, [{ ...fee, sourceKey: 'A-3', unitId: other.unitId, amount: 10_000 }]);
    expect(await run(service, estate.director, 'closeOpeningImport', close)).toMatchObject({ status: 'CLOSED' });
    expect(await reasons(service, estate.director, 'importOpeningBalances', { id, rows: [] })).toEqual([
      'ILLEGAL_TRANSITION',
    ]);
    expect(await ledgerOf(service, estate)).toEqual({
      RECEIVABLE: 150_000,
      PREPAID: -3000,
      DEPOSIT: -200_000,
      OPENING_BALANCE: 53_000,
    });
    expect(prepaid).toBeDefined();
  });

  it('[A249] supervisor and director enter opening balances, the director closes them', async () => {
    const estate = await anEstate(service);
    const totals = { arrearsAmount: 0, prepaidAmount: 0, depositAmount: 0, meterCount: 0 };
    const { id } = await run(service, estate.director, 'openOpeningImport', {
      communityId: estate.communityId,
      openedOn: '2026-02-28',
      ...totals,
    });
    const allowed = { importOpeningBalances: [] as string[], closeOpeningImport: [] as string[] };
    await run(service, estate.director, 'closeOpeningImport', { id });
    for (const role of everyRole) {
      const viewer = aColleague(estate, role);
      for (const [mutation, input] of [
        ['importOpeningBalances', { id, rows: [] }],
        ['closeOpeningImport', { id }],
      ] as const) {
        if ((await reasons(service, viewer, mutation, input))[0] === 'ILLEGAL_TRANSITION') allowed[mutation].push(role);
      }
    }
    expect(allowed).toEqual({ importOpeningBalances: ['director', 'supervisor'], closeOpeningImport: ['director'] });
  });
});
