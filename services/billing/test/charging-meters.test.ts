import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@steward/core';
import { moveInReadingsConfirmed } from '@steward/events';
import type { TestService } from '@steward/test-kit';
import fc from 'fast-check';

import { accountOf, aHousehold, anEstate, startBilling, type Estate } from './billing-fixture.ts';
import {
  aPostedRun,
  aPreview,
  aTariff,
  aTariffInput,
  ledgerOf,
  owedBy,
  reasons,
  refusal,
  release,
  run,
  seeRun,
} from './charging-fixture.ts';
import { aMeter, perUse, read } from './meters-fixture.ts';
import { feeFor, usageFee } from '../src/domain/line-rules.ts';
import { partsOfMonths } from '../src/domain/proration-rules.ts';

let service: TestService;

beforeAll(async () => {
  service = await startBilling();
});
afterAll(() => service?.stop());

describe('meters', () => {
  it('[A249] readings are counted, checked and charged by tier, each once', async () => {
    const estate = await anEstate(service);
    const tiers = [{ upTo: '100', rate: '50' }, { upTo: '200', rate: '60' }, { rate: '90.5' }];
    await aTariff(service, estate, { ...perUse, rate: null, tiers });
    const id = await aMeter(service, estate);
    expect(await reasons(service, estate.clerk, 'readMeter', { id, value: '900', takenOn: '2026-01-31' })).toEqual([
      'READING_LOWER',
    ]);
    expect(await read(service, estate, id, '1150', '2026-01-31')).toMatchObject({
      cumulative: '150',
      lastValue: '1150',
    });
    await read(service, estate, id, '1250', '2026-02-28');
    const high = { id, value: '2250', takenOn: '2026-03-02' };
    const { reason, rule, message } = await refusal(service, estate.clerk, 'readMeter', high, 'en');
    expect([reason, rule, message]).toEqual([
      'READING_IMPLAUSIBLE',
      'A249',
      'This is far more than usual; please check and confirm it.',
    ]);
    await read(service, estate, id, '2250', '2026-03-02', { isConfirmed: true });
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
    const id = await aMeter(service, estate, { baseValue: '99950', multiplier: '2' });
    const silent = await aMeter(service, estate);
    await read(service, estate, id, '30', '2026-02-28', { isRollover: true });
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
    const id = await aMeter(service, estate, { number: 'IMPORT-1' });
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
    const id = await aMeter(service, estate);
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
    await read(service, estate, id, '1300', '2026-03-02');
    await aPostedRun(service, estate, ['ELECTRICITY']);
    expect(await owedBy(service, former)).toBe(200 * 50);
    expect((await ledgerOf(service, estate))['RECEIVABLE']).toBe(300 * 50);
  });

  const yearly = [{ upTo: '120', rate: '50' }, { upTo: '240', rate: '60' }, { rate: '90' }];
  type Tiered = {
    amount: { amount: number };
    usedBefore: string;
    tiers: { upTo: string; rate: string; quantity: string }[];
  };
  const lineQuery = `query ($id: ID!) { charge(id: $id) { line { amount { amount } usedBefore tiers { upTo rate quantity } } } }`;
  const tieredLines = async (estate: Estate, status = 'OPEN'): Promise<Tiered[]> => {
    const charges = await service.sql<{ id: string }>(
      'select id from charge where community_id = $1 and status = $2 order by period_to',
      [estate.communityId, status],
    );
    const found = charges.map(({ id }) => service.ok<{ charge: { line: Tiered } }>(estate.resident, lineQuery, { id }));
    return (await Promise.all(found)).map(({ charge }) => charge.line);
  };

  it('[A249] tiers of a year go on where the reading before ended; a void reading counts back', async () => {
    const estate = await anEstate(service);
    await aTariff(service, estate, { ...perUse, rate: null, tiers: yearly, tierSpan: 'YEAR' });
    const id = await aMeter(service, estate, { installedOn: '2025-10-31' });
    await read(service, estate, id, '1110', '2025-12-31');
    await read(service, estate, id, '1210', '2026-01-31');
    await read(service, estate, id, '1310', '2026-02-28');
    await aPostedRun(service, estate, ['ELECTRICITY']);
    // Of the year in which the meter was put in October, November and December are left: a quarter of each limit.
    const first = await tieredLines(estate);
    expect(first.map(({ amount, usedBefore }) => [amount.amount, usedBefore])).toEqual([
      [30 * 50 + 30 * 60 + 50 * 90, '0'],
      [100 * 50, '0'],
      [20 * 50 + 80 * 60, '100'],
    ]);
    expect(first.map(({ tiers }) => tiers.map(({ upTo, quantity }) => [upTo, quantity]))).toEqual([
      [
        ['30', '30'],
        ['60', '30'],
        [null, '50'],
      ],
      [
        ['120', '100'],
        ['240', '0'],
        [null, '0'],
      ],
      [
        ['120', '20'],
        ['240', '80'],
        [null, '0'],
      ],
    ]);
    const [last] = await service.sql<{ id: string }>(
      'select id from meter_reading where meter_id = $1 order by taken_on desc limit 1',
      [id],
    );
    await run(service, estate.supervisor, 'voidMeterReading', { id, readingId: last?.id, reasonCode: 'MISREAD' });
    await read(service, estate, id, '1260', '2026-02-28');
    await aPostedRun(service, estate, ['ELECTRICITY']);
    expect((await tieredLines(estate)).map(({ amount }) => amount.amount)).toEqual([7800, 5000, 20 * 50 + 30 * 60]);
  });

  it('[A249] a prepaid meter goes through tiers of a year alike, and a new holder begins anew', async () => {
    const estate = await anEstate(service);
    await aTariff(service, estate, { ...perUse, rate: null, tiers: yearly, tierSpan: 'YEAR' });
    const prepaid = await aMeter(service, estate, { installedOn: '2025-10-31', isPrepaid: true });
    const owed = [];
    for (const [value, day] of [
      ['1110', '2025-12-31'],
      ['1210', '2026-01-31'],
      ['1310', '2026-02-10'],
    ] as const) {
      const before = await owedBy(service, estate.billingAccountId);
      await read(service, estate, prepaid, value, day);
      owed.push((await owedBy(service, estate.billingAccountId)) - before);
    }
    expect(owed).toEqual([7800, 5000, 5800]);
    const counted = await aMeter(service, estate);
    await read(service, estate, counted, '1300', '2026-02-10');
    await release(service, estate, estate, '2026-02-10');
    const since = { unitId: estate.unitId, personId: newId(), validFrom: '2026-02-10' };
    await aHousehold(service, estate, since);
    await service.settle();
    const next = await accountOf(service, estate.unitId);
    await read(service, estate, counted, '1415', '2026-02-28');
    await aPostedRun(service, estate, ['ELECTRICITY']);
    // Eleven months of the year are left: 110 of 120.
    expect(await owedBy(service, next)).toBe(110 * 50 + 5 * 60);
    await read(service, estate, prepaid, '1425', '2026-02-28');
    expect(await owedBy(service, next)).toBe(2 * (110 * 50 + 5 * 60));
  });

  it('[A249] tiers of a year need tiers', async () => {
    const estate = await anEstate(service);
    const flat = { ...perUse, tierSpan: 'YEAR' };
    expect(await reasons(service, estate.clerk, 'draftTariff', aTariffInput(estate, flat))).toEqual(['TIERS_UNUSABLE']);
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
