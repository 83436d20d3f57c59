import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Viewer } from '@steward/auth';
import { newId } from '@steward/core';
import type { TestService } from '@steward/test-kit';

import { aColleague, aFlat, aHousehold, anEstate, startBilling } from './billing-fixture.ts';
import { everyRole, ledgerOf, owedBy, reasons, refusal, release, run } from './charging-fixture.ts';
import { act, aPayment } from './counter-fixture.ts';
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
      { kind: 'ADVANCE', rowCount: 0, expected: 0, entered: 0, inLedger: 0, difference: 0 },
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

  it('[A249] what was mistyped is taken back by its opposite and entered anew, as long as nobody used it', async () => {
    const estate = await anEstate(service);
    const { communityId, unitId, billingAccountId, director, clerk, supervisor } = estate;
    const totals = {
      arrearsAmount: 1,
      prepaidAmount: 3000,
      depositAmount: 200_000,
      advanceAmount: 5000,
      meterCount: 1,
    };
    const { id } = await run(service, director, 'openOpeningImport', {
      communityId,
      openedOn: '2026-02-28',
      ...totals,
    });
    const fee = { unitId, chargeTypeCode: 'MANAGEMENT_FEE' };
    const all = (isDone: boolean) => Array.from({ length: 5 }, () => [isDone, null]);
    const meter = { unitId, chargeTypeCode: 'ELECTRICITY', meterKind: 'ELECTRICITY', meterNumber: 'OLD-E' };
    const terms = { digits: 5, multiplier: '40', isPrepaid: true, value: '99999' };
    const right = [
      { kind: 'ARREARS', sourceKey: 'A-1', ...fee, amount: 10_000 },
      { kind: 'METER_BASE', sourceKey: 'M-1', ...meter, ...terms },
      { kind: 'PREPAID', sourceKey: 'P-1', ...meter, amount: 3000 },
      { kind: 'DEPOSIT', sourceKey: 'D-1', unitId, chargeTypeCode: 'DECORATION_DEPOSIT', amount: 200_000 },
      { kind: 'ADVANCE', sourceKey: 'V-1', ...fee, amount: 5000 },
    ];
    const send = async (rows: object[]) =>
      (await run<Row[]>(service, supervisor, 'importOpeningBalances', { id, rows }, imported)).map(
        ({ isNew, refusal: refused }) => [isNew, refused?.reason ?? null],
      );
    const withdrawn = 'results { isWithdrawn refusal { reason } }';
    type Back = { isWithdrawn: boolean; refusal: { reason: string } | null };
    const takeBack = async (keys: object[]) =>
      (await run<Back[]>(service, supervisor, 'withdrawOpeningBalances', { id, rows: keys }, withdrawn)).map(
        ({ isWithdrawn, refusal: refused }) => [isWithdrawn, refused?.reason ?? null],
      );
    const wrong = [{ ...right[0], amount: 100_000 }, ...right.slice(1)];
    expect(await send(wrong)).toEqual(all(true));
    expect(await send([right[0] ?? {}])).toEqual([[false, 'SOURCE_KEY_TAKEN']]);
    expect(await send([{ ...right[3], sourceKey: 'D-2', chargeTypeCode: 'WATER' }])).toEqual([
      [false, 'CHARGE_TYPE_NOT_DEPOSIT'],
    ]);
    const keys = right.map(({ kind, sourceKey }) => ({ kind, sourceKey }));
    const [arrears, base, ...rest] = keys;
    expect(await takeBack([base ?? {}, { kind: 'DEPOSIT', sourceKey: 'D-9' }])).toEqual([
      [false, 'OPENING_USED'],
      [false, 'SOURCE_KEY_UNKNOWN'],
    ]);
    expect(await takeBack([arrears ?? {}, ...rest, base ?? {}])).toEqual(all(true));
    expect(await ledgerOf(service, estate)).toEqual({
      RECEIVABLE: 0,
      PREPAID: 0,
      DEPOSIT: 0,
      ADVANCE: 0,
      OPENING_BALANCE: 0,
    });
    expect(await send(right)).toEqual(all(true));
    const found = await service.sql<{ digits: number; multiplier: string; is_prepaid: boolean }>(
      `select digits, multiplier, is_prepaid from meter where number = 'OLD-E' and community_id = $1`,
      [communityId],
    );
    expect(found).toEqual([{ digits: 5, multiplier: '40', is_prepaid: true }]);
    await aPayment(service, estate, 1, { means: 'TRANSFER', tendered: null, reference: 'TR 1' });
    expect(await takeBack([arrears ?? {}])).toEqual([[false, 'OPENING_USED']]);
    expect(await reasons(service, director, 'closeOpeningImport', { id })).toEqual(['OPENING_DIFFERS']);
    expect(await reasons(service, director, 'amendOpeningImport', { id, arrearsAmount: -1 })).toEqual(['AMOUNT_UNFIT']);
    await run(service, director, 'amendOpeningImport', { id, arrearsAmount: 10_000 });
    await run(service, director, 'closeOpeningImport', { id });

    const statistics = `query ($communityId: ID!) { collectionStatistics(communityId: $communityId, from: "2026-03-01",
      to: "2026-04-01") { charged { amount } received { amount } } }`;
    expect(await service.ok(estate.analyst, statistics, { communityId })).toEqual({
      collectionStatistics: { charged: { amount: 0 }, received: { amount: 1 } },
    });
    const charges = await service.sql<{ id: string; status: string }>(
      `select id, status from charge where billing_account_id = $1 and charge_type_code = 'DECORATION_DEPOSIT'
        and status <> 'REVERSED'`,
      [billingAccountId],
    );
    expect(charges).toMatchObject([{ status: 'SETTLED' }]);
    const what = { communityId, billingAccountId, source: 'DEPOSIT', chargeId: charges[0]?.id, amount: 200_000 };
    const wanted = { ...what, means: 'TRANSFER', reasonCode: 'WORKS_PASSED' };
    const refund = await act(service, clerk, 'requestRefund', wanted);
    await act(service, director, 'decideRefund', { id: refund.id, isApproved: true });
    await act(service, estate.cashier, 'payRefund', { id: refund.id, reference: 'TR 2' });
    expect(await ledgerOf(service, estate)).toMatchObject({ DEPOSIT: 0, BANK: 1 - 200_000 });
    expect(await service.sql('select finding from verify_ledger_books($1)', [communityId])).toEqual([]);
  });

  it('[A249] supervisor and director enter opening balances, the director closes them', async () => {
    const estate = await anEstate(service);
    const totals = { arrearsAmount: 0, prepaidAmount: 0, depositAmount: 0, meterCount: 0 };
    const { id } = await run(service, estate.director, 'openOpeningImport', {
      communityId: estate.communityId,
      openedOn: '2026-02-28',
      ...totals,
    });
    const allowed: Record<string, string[]> = {
      importOpeningBalances: [],
      withdrawOpeningBalances: [],
      amendOpeningImport: [],
      closeOpeningImport: [],
    };
    await run(service, estate.director, 'closeOpeningImport', { id });
    for (const role of everyRole) {
      const viewer = aColleague(estate, role);
      for (const [mutation, input] of [
        ['importOpeningBalances', { id, rows: [] }],
        ['withdrawOpeningBalances', { id, rows: [] }],
        ['amendOpeningImport', { id }],
        ['closeOpeningImport', { id }],
      ] as const) {
        if ((await reasons(service, viewer, mutation, input))[0] === 'ILLEGAL_TRANSITION')
          allowed[mutation]?.push(role);
      }
    }
    expect(allowed).toEqual({
      importOpeningBalances: ['director', 'supervisor'],
      withdrawOpeningBalances: ['director', 'supervisor'],
      amendOpeningImport: ['director'],
      closeOpeningImport: ['director'],
    });
  });
});
