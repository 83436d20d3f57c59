import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@steward/core';
import type { TestService } from '@steward/test-kit';

import { lateFee, type Moved } from '../src/domain/late-fee-rules.ts';
import { aFlat, aHousehold, anEstate, startBilling, type Estate } from './billing-fixture.ts';
import {
  aPostedRun,
  aPreview,
  aTariff,
  ledgerOf,
  owedBy,
  reasons,
  run,
  runTimers,
  seeRun,
  setFigure,
  type LineSeen,
} from './charging-fixture.ts';
import { aPayment } from './counter-fixture.ts';
import { ledgerBalance, standing } from './holders-fixture.ts';

const december = { periodFrom: '2025-12-01', periodTo: '2026-01-01' };
const quarter = { periodFrom: '2025-10-01', periodTo: '2026-01-01', dueOn: '2026-02-26' };
const next = { periodFrom: '2026-01-01', periodTo: '2026-04-01', dueOn: '2026-02-26' };
const january = { periodFrom: '2026-01-01', periodTo: '2026-02-01', dueOn: '2026-03-31' };
const february = { periodFrom: '2026-02-01', periodTo: '2026-03-01', dueOn: '2026-03-31' };

type Flat = { unitId: string; billingAccountId: string };

/** What was charged in winter, and when it was paid. */
type Winter = {
  /** Flats whose telephone was due on 28 January. */
  estate: Estate;
  flats: Record<'whole' | 'part' | 'inTime' | 'inJanuary' | 'late', Flat>;
  /** Its telephone was due at the end of December, its late fee of January is charged with the telephone of January. */
  monthly: Estate;
  monthlyRun: string;
  wrongRun: Wrong;
  wrongCharge: Wrong;
  notPosted: Wrong;
  tenant: Estate;
};

/** A charge of the management fee, 623.93 yuan, that is taken back. */
type Wrong = { estate: Estate; runId: string };

let service: TestService;
/** The clock goes forward only: all that came before March is made first. */
let made: Winter;

const at = (day: string): Promise<void> => service.move({ set: new Date(`${day}T10:00:00+08:00`) });

/** An estate where 1 permille a day was agreed, and a telephone costs 100 yuan a month. */
async function withFees(): Promise<Estate> {
  const estate = await anEstate(service);
  await aTariff(service, estate, { chargeTypeCode: 'TELEPHONE', method: 'FIXED', rate: '10000', taxRate: '0' });
  await aTariff(service, estate, { taxRate: '0' });
  await setFigure(service, estate, ['charges', 'lateFeeDailyPermille'], 1);
  return estate;
}
async function withQuarter(): Promise<Wrong> {
  const estate = await withFees();
  return { estate, runId: await aPostedRun(service, estate, ['MANAGEMENT_FEE'], quarter) };
}
const pay = (estate: Estate, { billingAccountId }: Flat, amount: number): Promise<unknown> =>
  aPayment(service, { ...estate, billingAccountId }, amount, { means: 'TRANSFER', tendered: null, reference: newId() });

async function withTenantToCome(): Promise<Estate> {
  const estate = await withFees();
  await aTariff(service, estate, { chargeTypeCode: 'CABLE_TV', method: 'FIXED', rate: '2000', taxRate: '0' });
  await aPostedRun(service, estate, ['MANAGEMENT_FEE', 'CABLE_TV'], next);
  return estate;
}

/** Starts on 28 January and ends in the morning of 2 March. */
async function winter(): Promise<Winter> {
  const [estate, monthly] = [await withFees(), await withFees()];
  const flat = (path: string): Promise<Flat> => aFlat(service, estate, path);
  const [part, inTime, inJanuary] = [await flat('1/1/201'), await flat('1/1/301'), await flat('1/1/401')];
  const due = { ...december, dueOn: '2026-01-28' };
  await aPostedRun(service, estate, ['TELEPHONE'], due);
  await aPostedRun(service, monthly, ['TELEPHONE'], { ...december, dueOn: '2025-12-31' });
  await pay(estate, inTime, 10_000);
  await at('2026-01-30');
  await pay(estate, inJanuary, 10_000);
  await at('2026-02-01');
  const monthlyRun = await aPostedRun(service, monthly, ['LATE_FEE', 'TELEPHONE'], january);
  await at('2026-02-06');
  await pay(monthly, monthly, 10_000);
  await at('2026-02-11');
  await pay(estate, part, 4000);
  await at('2026-02-19');
  const late = await flat('1/1/501');
  await aPostedRun(service, estate, ['TELEPHONE'], due);
  await at('2026-02-26');
  const [wrongRun, wrongCharge, notPosted] = [await withQuarter(), await withQuarter(), await withQuarter()];
  const tenant = await withTenantToCome();
  await at('2026-02-28');
  await pay(estate, estate, 10_000);
  await at('2026-03-02');
  const flats = { whole: estate, part, inTime, inJanuary, late };
  return { estate, flats, monthly, monthlyRun, wrongRun, wrongCharge, notPosted, tenant };
}

beforeAll(async () => {
  service = await startBilling({ now: new Date('2026-01-28T02:00:00Z') });
  made = await winter();
}, 120_000);
afterAll(() => service?.stop());

const linesOf = async (estate: Estate, id: string): Promise<LineSeen[]> =>
  (await seeRun(service, estate.clerk, id)).lines.nodes;
/** Looks at the fees of February and throws them away. */
async function feesOf(estate: Estate): Promise<LineSeen[]> {
  const id = await aPreview(service, estate, ['LATE_FEE'], february);
  const lines = await linesOf(estate, id);
  await run(service, estate.clerk, 'discardChargeRun', { id });
  return lines;
}
const amounts = (lines: readonly LineSeen[], { unitId }: { unitId: string }): number[] =>
  lines.filter(({ unit }) => unit.id === unitId).map(({ amount }) => amount.amount);

describe('late fees by the day', () => {
  it('[A230] whoever pays on the last day of the month was late until then; of a part the rest goes on', async () => {
    const { estate, flats } = made;
    const lines = await feesOf(estate);
    // 30 days of 10,000 from 29 January on; the day of the payment is paid.
    expect(amounts(lines, flats.whole)).toEqual([300]);
    // 13 days of 10,000 and 18 of 6,000
    expect(amounts(lines, flats.part)).toEqual([238]);
    expect(amounts(lines, flats.inTime)).toEqual([]);
    // What was settled in another month is of that month's fees.
    expect(amounts(lines, flats.inJanuary)).toEqual([]);
    // A bill of 19 February bears none of the days before it.
    expect(amounts(lines, flats.late)).toEqual([100]);
  });

  it('[A230] the database and the rule compute alike', async () => {
    const { estate, flats } = made;
    const lines = await feesOf(estate);
    const terms = { lateFeeDailyPermille: 1, lateFeeGraceDays: 0, lateFeeCapPercent: 100 };
    for (const [flat, raisedOn] of [
      [flats.whole, '2026-01-28'],
      [flats.part, '2026-01-28'],
      [flats.late, '2026-02-19'],
    ] as const) {
      const postings = await service.sql<Moved>(
        `select p.amount::int as amount, p.occurred_on::text as "occurredOn" from ledger_posting p
           join charge c on c.id = p.charge_id where c.billing_account_id = $1`,
        [flat.billingAccountId],
      );
      const overdue = { postings, raisedOn, dueOn: '2026-01-28', chargedUntil: null, chargedAmount: 0 };
      expect([lateFee(overdue, '2026-03-01', terms).amount]).toEqual(amounts(lines, flat));
    }
  });

  it('[A230] days are charged once, none on a late fee or before it is due, and the cap holds', async () => {
    const { monthly: estate, monthlyRun } = made;
    const brief = (lines: readonly LineSeen[]) =>
      lines.map(({ chargeType, amount }) => [chargeType.code, amount.amount]);
    expect(brief(await linesOf(estate, monthlyRun))).toEqual([
      ['TELEPHONE', 10_000],
      // 10,000 x 0.001 x 4 days, for the bill is of 28 January
      ['LATE_FEE', 40],
    ]);
    // Paid on 6 February.
    expect(brief(await feesOf(estate))).toEqual([['LATE_FEE', 50]]);
    await setFigure(service, estate, ['charges', 'lateFeeCapPercent'], 1);
    // 1 % of 10,000, of which 40 are charged
    expect(brief(await feesOf(estate))).toEqual([['LATE_FEE', 50]]);
    await setFigure(service, estate, ['charges', 'lateFeeGraceDays'], 33);
    // From 3 February on
    expect(brief(await feesOf(estate))).toEqual([['LATE_FEE', 30]]);
    await setFigure(service, estate, ['charges', 'lateFeeCapPercent'], 0);
    expect(await feesOf(estate)).toEqual([]);
  });

  it('[A230] only where the community agreed on them, for days that are over, with their tax', async () => {
    const { estate } = made.notPosted;
    const asked = { communityId: estate.communityId, chargeTypeCodes: ['LATE_FEE'] };
    // Today is 2 March: somebody who pays tomorrow is not late for the rest of the month.
    const march = { ...asked, periodFrom: '2026-03-01', periodTo: '2026-04-01', dueOn: '2026-04-30' };
    expect(await reasons(service, estate.clerk, 'startChargeRun', march)).toEqual(['PERIOD_NOT_OVER']);
    await setFigure(service, estate, ['charges', 'lateFeeDailyPermille'], 0);
    const none = await aPreview(service, estate, ['LATE_FEE'], february);
    expect(await linesOf(estate, none)).toEqual([]);
    await run(service, estate.clerk, 'discardChargeRun', { id: none });
    await setFigure(service, estate, ['charges', 'lateFeeDailyPermille'], 1);
    await setFigure(service, estate, ['taxes', 'lateFeeTaxPercent'], 6);
    const id = await aPreview(service, estate, ['LATE_FEE'], february);
    // 62,393 x 0.001 x 2 days of February
    const fee = {
      method: 'LATE_FEE',
      quantity: '62393',
      amount: { amount: 125 },
      taxRate: '0.06',
      tax: { amount: 7 },
    };
    expect(await linesOf(estate, id)).toMatchObject([fee]);
    await run(service, estate.clerk, 'discardChargeRun', { id });
  });
});

describe('a late fee', () => {
  it('[A230] goes with a run that was wrong, and what was paid on it is given back', async () => {
    const { estate, runId: id } = made.wrongRun;
    await aPostedRun(service, estate, ['LATE_FEE'], february);
    await pay(estate, estate, 62_393 + 1000);
    await run(service, estate.director, 'reverseChargeRun', { id, reasonCode: 'WRONG_TARIFF' });
    await runTimers(service);
    expect(await standing(service, estate.billingAccountId)).toEqual([]);
    expect(await owedBy(service, estate.billingAccountId)).toBe(0);
    expect(await ledgerBalance(service, estate.billingAccountId, 'ADVANCE')).toBe(-63_393);
  });

  it('[A230] goes with a single charge that was wrong, posted or only computed', async () => {
    const takeBack = async ({ estate, runId }: Wrong): Promise<void> => {
      const id = (await linesOf(estate, runId))[0]?.id;
      await run(service, estate.supervisor, 'reverseCharge', { id, reasonCode: 'WRONG_AMOUNT' }, 'charge { id }');
    };
    const { wrongCharge: posted, notPosted: computed } = made;
    await aPostedRun(service, posted.estate, ['LATE_FEE'], february);
    await takeBack(posted);
    expect(await owedBy(service, posted.estate.billingAccountId)).toBe(0);
    const id = await aPreview(service, computed.estate, ['LATE_FEE'], february);
    await takeBack(computed);
    await run(service, computed.estate.supervisor, 'postChargeRun', { id });
    await runTimers(service);
    expect(await seeRun(service, computed.estate.clerk, id)).toMatchObject({ lineCount: 0, total: { amount: 0 } });
    expect(await owedBy(service, computed.estate.billingAccountId)).toBe(0);
  });

  it('[A230] goes with a charge whose days another household pays; what is charged anew was not late before', async () => {
    const estate = made.tenant;
    await aPostedRun(service, estate, ['LATE_FEE'], february);
    expect(await owedBy(service, estate.billingAccountId)).toBe(62_393 + 6000 + 125 + 12);
    const moved = { unitId: estate.unitId, personId: newId(), tenure: 'RENTED' as const, validFrom: '2026-03-01' };
    await aHousehold(service, estate, moved);
    await service.settle();
    expect(await owedBy(service, estate.billingAccountId)).toBe(62_393 + 4000 + 125);
    expect((await ledgerOf(service, estate))['RECEIVABLE']).toBe(62_393 + 6000 + 125);
    // The bill of March in its place was not there in February.
    expect(await feesOf(estate)).toEqual([]);
  });
});
