import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Viewer } from '@steward/auth';
import { newId } from '@steward/core';
import { moveInReadingsConfirmed } from '@steward/events';
import type { TestService } from '@steward/test-kit';
import fc from 'fast-check';

import { aColleague, aFlat, aHousehold, anEstate, startBilling, type Estate } from './billing-fixture.ts';
import {
  aPostedRun,
  aPreview,
  aTariff,
  ledgerOf,
  owedBy,
  reasons,
  refusal,
  release,
  run,
  seeRun,
} from './charging-fixture.ts';
import { feeFor, usageFee } from '../src/domain/line-rules.ts';
import { partsOfMonths } from '../src/domain/proration-rules.ts';

let service: TestService;

beforeAll(async () => {
  service = await startBilling();
});
afterAll(() => service?.stop());

type MeterSeen = {
  id: string;
  version: number;
  lastValue: string;
  cumulative: string;
  balance: { amount: number } | null;
};

let plates = 0;

async function aMeter(estate: Estate, overrides: object = {}): Promise<string> {
  plates += 1;
  const input = {
    communityId: estate.communityId,
    unitId: estate.unitId,
    number: `E-${plates}`,
    kind: 'ELECTRICITY',
    baseValue: '1000',
    installedOn: '2025-12-31',
    ...overrides,
  };
  return (await run<MeterSeen>(service, estate.clerk, 'registerMeter', input)).id;
}

const read = (estate: Estate, id: string, value: string, takenOn: string, more: object = {}): Promise<MeterSeen> =>
  run<MeterSeen>(service, estate.clerk, 'readMeter', { id, value, takenOn, ...more });

const perUse = { chargeTypeCode: 'ELECTRICITY', method: 'METER', rate: '50', taxRate: '0' };

describe('meters', () => {
  it('[A249] readings are counted, checked and charged by tier, each once', async () => {
    const estate = await anEstate(service);
    const tiers = [{ upTo: '100', rate: '50' }, { upTo: '200', rate: '60' }, { rate: '90.5' }];
    await aTariff(service, estate, { ...perUse, rate: null, tiers });
    const id = await aMeter(estate);
    expect(await reasons(service, estate.clerk, 'readMeter', { id, value: '900', takenOn: '2026-01-31' })).toEqual([
      'READING_LOWER',
    ]);
    expect(await read(estate, id, '1150', '2026-01-31')).toMatchObject({ cumulative: '150', lastValue: '1150' });
    await read(estate, id, '1250', '2026-02-28');
    const high = { id, value: '2250', takenOn: '2026-03-02' };
    const { reason, rule, message } = await refusal(service, estate.clerk, 'readMeter', high, 'en');
    expect([reason, rule, message]).toEqual([
      'READING_IMPLAUSIBLE',
      'A249',
      'This is far more than usual; please check and confirm it.',
    ]);
    await read(estate, id, '2250', '2026-03-02', { isConfirmed: true });
    const seen = await seeRun(service, estate.clerk, await aPostedRun(service, estate, ['ELECTRICITY']));
    expect(
      seen.lines.nodes.map(({ quantity, periodFrom, periodTo, amount }) => [
        quantity,
        periodFrom,
        periodTo,
        amount.amount,
      ]),
    ).toEqual([
      ['150', '2025-12-31', '2026-01-31', 8000],
      ['100', '2026-01-31', '2026-02-28', 5000],
      ['1000', '2026-02-28', '2026-03-02', 83_400],
    ]);
    expect(await owedBy(service, estate.billingAccountId)).toBe(96_400);
    const again = await seeRun(service, estate.clerk, await aPreview(service, estate, ['ELECTRICITY']));
    expect(again.lineCount).toBe(0);
  });

  it('[A249] the counter may begin again, and a meter without a reading is told', async () => {
    const estate = await anEstate(service);
    await aTariff(service, estate, perUse);
    const id = await aMeter(estate, { baseValue: '99950', multiplier: '2' });
    const silent = await aMeter(estate);
    await read(estate, id, '30', '2026-02-28', { isRollover: true });
    const seen = await seeRun(service, estate.clerk, await aPreview(service, estate, ['ELECTRICITY']));
    expect(seen.lines.nodes).toMatchObject([{ quantity: '160', amount: { amount: 8000 } }]);
    expect(seen.gaps.nodes).toMatchObject([{ reason: 'NO_READING', unit: { id: estate.unitId } }]);
    await run(service, estate.clerk, 'removeMeter', { id: silent, removedOn: '2026-03-01' });
    expect(
      await reasons(service, estate.clerk, 'readMeter', { id: silent, value: '1001', takenOn: '2026-03-02' }),
    ).toEqual(['METER_REMOVED']);
    expect(await reasons(service, estate.clerk, 'removeMeter', { id: silent, removedOn: '2026-03-01' })).toEqual([
      'METER_REMOVED',
    ]);
  });

  it('[A249] a sheet of 500 readings is taken row by row, one of 501 is refused', async () => {
    const estate = await anEstate(service);
    const id = await aMeter(estate, { number: 'IMPORT-1' });
    const row = (meterNumber: string, value = '1010', takenOn = '2026-01-31') => ({
      kind: 'ELECTRICITY',
      meterNumber,
      value,
      takenOn,
    });
    const results = 'results { index isNew meter { id } refusal { reason } }';
    type Row = { isNew: boolean; meter: { id: string } | null; refusal: { reason: string } | null };
    const send = (rows: object[]) =>
      run<Row[]>(service, estate.clerk, 'importMeterReadings', { communityId: estate.communityId, rows }, results);
    const many = Array.from({ length: 498 }, (_, index) => row(`NONE-${index}`));
    const taken = await send([row('IMPORT-1'), row('IMPORT-1', '1005', '2026-02-28'), ...many]);
    expect(taken).toHaveLength(500);
    expect(taken[0]).toMatchObject({ isNew: true, meter: { id }, refusal: null });
    expect(taken[1]).toMatchObject({ isNew: false, refusal: { reason: 'READING_LOWER' } });
    expect(taken[499]).toMatchObject({ isNew: false, meter: null, refusal: { reason: 'METER_UNKNOWN' } });
    expect((await send([row('IMPORT-1')]))[0]).toMatchObject({ isNew: false, refusal: null });
    const tooMany = { communityId: estate.communityId, rows: Array.from({ length: 501 }, () => row('IMPORT-1')) };
    expect(await reasons(service, estate.clerk, 'importMeterReadings', tooMany)).toEqual(['TOO_MANY_ROWS']);
  });

  it('[A249] the base readings of a move-in end what the former household pays', async () => {
    const estate = await anEstate(service);
    await aTariff(service, estate, perUse);
    const id = await aMeter(estate);
    const former = estate.billingAccountId;
    await release(service, estate, estate, '2026-02-15');
    const householdId = await aHousehold(service, estate, {
      unitId: estate.unitId,
      personId: newId(),
      validFrom: '2026-02-15',
    });
    const moveInId = newId();
    const { tenantId, communityId, unitId } = estate;
    const readings = { waterM3: '3.5', electricityKwh: '1200', gasM3: '1', readAt: '2026-02-15T03:00:00.000Z' };
    const data = { moveInId, unitId, householdId, ...readings };
    await service.wire.send(moveInReadingsConfirmed, { tenantId, communityId, aggregateId: moveInId, data });
    await service.settle();
    await read(estate, id, '1300', '2026-03-02');
    await aPostedRun(service, estate, ['ELECTRICITY']);
    expect(await owedBy(service, former)).toBe(200 * 50);
    expect((await ledgerOf(service, estate))['RECEIVABLE']).toBe(300 * 50);
  });

  it('[A249] the arithmetic of the database is that of the rules', async () => {
    const text = (n: number): string => new Date(Date.UTC(2024, 0, 1 + n)).toISOString().slice(0, 10);
    const fees = fc.sample(
      fc.record({
        rate: fc.integer({ min: 0, max: 10_000_000 }).map((n) => (n / 10_000).toFixed(4)),
        quantity: fc.integer({ min: 0, max: 100_000 }).map((n) => (n / 100).toFixed(2)),
        share: fc.constantFrom('1', '0.70', '0.333'),
        from: fc.integer({ min: 0, max: 900 }),
        days: fc.integer({ min: 1, max: 400 }),
      }),
      400,
    );
    const expected = fees.map(({ rate, quantity, share, from, days }) =>
      feeFor({ rate, quantity, share, parts: partsOfMonths({ from: text(from), to: text(from + days) }) }),
    );
    const found = await service.sql<{ fee: string }>(
      `select rounded_quotient(f.rate * f.quantity * f.share * month_parts(f.a, f.b), 377580) as fee
         from unnest($1::numeric[], $2::numeric[], $3::numeric[], $4::date[], $5::date[]) with ordinality
           as f(rate, quantity, share, a, b, n) order by f.n`,
      [
        fees.map(({ rate }) => rate),
        fees.map(({ quantity }) => quantity),
        fees.map(({ share }) => share),
        fees.map(({ from }) => text(from)),
        fees.map(({ from, days }) => text(from + days)),
      ],
    );
    expect(found.map(({ fee }) => Number(fee))).toEqual(expected);
    const tiers = [
      { upTo: '120.5', rate: '48.83' },
      { upTo: '280', rate: '53.83' },
      { upTo: null, rate: '78.835' },
    ];
    const uses = fc.sample(fc.tuple(fc.integer({ min: 0, max: 3_000_000 }), fc.integer({ min: 1, max: 12 })), 300);
    const tiered = await service.sql<{ fee: string }>(
      `select rounded_quotient(tiered_fee(u.used, $3::jsonb, u.months), 1) as fee
         from unnest($1::numeric[], $2::int[]) with ordinality as u(used, months, n) order by u.n`,
      [uses.map(([used]) => (used / 1000).toFixed(3)), uses.map(([, months]) => months), JSON.stringify(tiers)],
    );
    expect(tiered.map(({ fee }) => Number(fee))).toEqual(
      uses.map(([used, months]) => usageFee((used / 1000).toFixed(3), tiers, months)),
    );
  });
});

describe('prepaid meters', () => {
  const topUp = (estate: Estate, id: string, amount: number, viewer: Viewer = estate.cashier, more: object = {}) =>
    run<MeterSeen>(service, viewer, 'topUpMeter', { id, amount, means: 'TRANSFER', ...more });

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
    const id = await aMeter(estate, { isPrepaid: true });
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
    const plain = await aMeter(estate);
    expect(await reasons(service, estate.cashier, 'topUpMeter', { id: plain, amount: 100, means: 'CASH' })).toEqual([
      'METER_NOT_PREPAID',
    ]);
    expect(await reasons(service, estate.cashier, 'topUpMeter', { id, amount: 0, means: 'CASH' })).toEqual([
      'AMOUNT_UNFIT',
    ]);
  });

  it('[A209] supervisor, clerk and cashier take top-ups, and the community has its summary', async () => {
    const estate = await anEstate(service);
    await aTariff(service, estate, perUse);
    const id = await aMeter(estate, { isPrepaid: true });
    await topUp(estate, id, 20_000, estate.supervisor);
    await topUp(estate, id, 5_000, estate.clerk, { means: 'WALLET' });
    for (const role of ['director', 'maintenance', 'guard', 'analyst'] as const) {
      const input = { id, amount: 100, means: 'CASH' };
      expect(await reasons(service, aColleague(estate, role), 'topUpMeter', input)).toEqual(['ACCESS_DENIED']);
    }
    await read(estate, id, '1100', '2026-03-02');
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
    const id = await aMeter(estate, { isPrepaid: true });
    await topUp(estate, id, 10_000);
    expect(await read(estate, id, '1100', '2026-02-01')).toMatchObject({ balance: { amount: 5000 } });
    const told = () =>
      service.sql<{ channel: string; household_id: string }>(
        `select channel, household_id from notification where aggregate_id = $1 and template = 'prepaidLow' order by channel`,
        [id],
      );
    expect(await told()).toEqual([]);
    expect(await read(estate, id, '1101', '2026-02-02')).toMatchObject({ balance: { amount: 4950 } });
    await read(estate, id, '1102', '2026-02-03');
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
    await read(estate, id, '1130', '2026-02-20', { isConfirmed: true });
    expect(await told()).toHaveLength(4);
    const [fact] = (await service.events('steward.billing.meter.balance-low.v1')).filter(
      ({ aggregateId }) => aggregateId === id,
    );
    expect(fact?.data).toMatchObject({ balance: 4950, limit: 5000, unitId: estate.unitId });
    expect(await ledgerOf(service, estate)).toEqual({ BANK: 11_000, PREPAID: -4500, REVENUE: -6500 });
  });

  it('what is left when somebody else moves in stays the money of whoever paid it', async () => {
    const estate = await anEstate(service);
    const id = await aMeter(estate, { isPrepaid: true });
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

describe('opening balances', () => {
  const imported = 'results { index isNew refusal { reason violations { reason } } }';
  type Row = { isNew: boolean; refusal: { reason: string; violations: { reason: string }[] } | null };

  it('are entered once, stay with the former owner, and close only when they agree with the old books', async () => {
    const estate = await anEstate(service);
    const other = await aFlat(service, estate, '3/1/1202');
    await release(service, estate, estate, '2026-02-01');
    await aHousehold(service, estate, { unitId: estate.unitId, personId: newId(), validFrom: '2026-02-01' });
    await service.settle();
    const prepaid = await aMeter(estate, { unitId: other.unitId, isPrepaid: true, number: 'OLD-P' });
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
    const roles = [
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
    const allowed = { importOpeningBalances: [] as string[], closeOpeningImport: [] as string[] };
    await run(service, estate.director, 'closeOpeningImport', { id });
    for (const role of roles) {
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
