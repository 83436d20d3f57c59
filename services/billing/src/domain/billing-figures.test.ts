import { describe, expect, it } from '@jest/globals';

import { builtInChargeTypes } from './charge-type-policy.ts';
import { chargesLimits } from './charges-policy.ts';
import { paymentMeansTable } from './counter-policy.ts';
import { policies } from './policies.ts';

type Figure = { value: unknown; least?: number; most?: number; rule: string };

const figures = Object.fromEntries(
  policies.flatMap(({ name, figures: own }) =>
    Object.entries<Figure>(own).map(([key, figure]) => [`${name}.${key}`, figure]),
  ),
);

type Row = [rule: string, key: string, value: number | boolean, least?: number | null, most?: number];

/** Each figure with the limits within which a community sets its own. */
const expected: Row[] = [
  ['A235', 'collection.recentArrearsDays', 90, 1, 3650],
  ['A235', 'collection.longArrearsDays', 365, 1, 3650],
  ['A235', 'collection.reportReviewDays', 5],
  ['A235', 'collection.reportWarnShare', 0.8],
  ['A235', 'collection.reportDirectorShare', 2],
  ['A254', 'charges.paymentNoticeDays', 3],
  ['A254', 'charges.paymentNoticeWarnShare', 0.8],
  ['A230', 'charges.laterDueDays', 15],
  ['A230', 'charges.lateFeeDailyPermille', 0, null, 10],
  ['A230', 'charges.lateFeeGraceDays', 0, null, 365],
  ['A230', 'charges.lateFeeCapPercent', 100, null, 100],
  ['B050', 'taxes.paidServiceTaxPercent', 0, null, 50],
  ['A087', 'taxes.decorationWasteTaxPercent', 0, null, 50],
  ['A226', 'taxes.commissionTaxPercent', 0, null, 50],
  ['A249', 'taxes.sharedCostTaxPercent', 0, null, 50],
  ['A230', 'taxes.lateFeeTaxPercent', 0, null, 50],
  ['B011', 'taxes.venueRentTaxPercent', 0, null, 50],
  ['A087', 'taxes.passFeeTaxPercent', 0, null, 50],
  ['A249', 'meters.implausibleFactor', 3, 1],
  ['A249', 'meters.plausibilityReadings', 2, 1],
  ['A246', 'meters.lowElectricityAmount', 5_000, null, 100_000_000],
  ['A246', 'meters.lowWaterAmount', 2_000, null, 100_000_000],
  ['A075', 'counter.backdatingHours', 24],
  ['A075', 'counter.takesAdvances', true],
  ['A077', 'counter.doorNoticeHours', 2],
  ['A077', 'counter.doorGraceMinutes', 30],
  ['B044', 'cash.floatAmount', 50_000, null, 10_000_000],
  ['A233', 'cash.handInHour', 18, null, 24],
  ['A234', 'cash.safeCheckHour', 19, null, 24],
  ['A229', 'cash.monthCloseDays', 1],
  ['B043', 'cash.seriousVarianceAmount', 10_000, null, 100_000_000],
  ['B048', 'cash.loanAmount', 100_000, null, 10_000_000],
  ['A018', 'refund.supervisorRefundAmount', 100_000, null, 100_000_000],
  ['A018', 'refund.supervisorExpenseAmount', 50_000, null, 100_000_000],
  ['A003', 'refund.supervisorExpenditureAmount', 500_000, null, 1_000_000_000],
  ['A018', 'refund.addedUpDays', 30],
  ['A018', 'refund.expenseClaimDays', 90],
  ['A078', 'dunning.overdueDays', 1],
  ['A078', 'dunning.causeDays', 7],
  ['A079', 'dunning.reminderTermDays', 15],
  ['A080', 'dunning.formalLetterMonths', 3],
  ['A081', 'dunning.visitAfterDays', 15],
  ['A082', 'dunning.legalAfterMonths', 12],
];

describe('figures of billing', () => {
  it.each(expected.map(([rule, key, value, least = null, most = null]) => ({ rule, key, value, least, most })))(
    '[$rule] $key',
    ({ rule, key, value, least, most }) => {
      const { least: lower = null, most: upper = null, ...figure } = figures[key] ?? {};
      expect(figure).toMatchObject({ value, rule });
      expect([lower, upper]).toEqual([least, most]);
    },
  );

  it('are all told here', () => {
    expect(expected.map(([, key]) => key).toSorted()).toEqual(Object.keys(figures).toSorted());
  });

  it('[A249] an import has 500 rows at most', () => {
    expect(chargesLimits.importRows).toEqual({ value: 500, unit: 'row', rule: 'A249' });
  });
});

describe('kinds of charges', () => {
  const cycles: [rule: string, code: string, cycleMonths: number | null, startMonth: number | null, liable: string][] =
    [
      ['A228', 'TELEPHONE', 1, 1, 'OCCUPANT'],
      ['A230', 'WATER', 3, 1, 'OCCUPANT'],
      ['A230', 'ELECTRICITY', 3, 1, 'OCCUPANT'],
      ['A230', 'HOT_WATER', 3, 1, 'OCCUPANT'],
      ['A230', 'GAS', 3, 1, 'OCCUPANT'],
      ['A230', 'CABLE_TV', 3, 1, 'OCCUPANT'],
      ['A230', 'MANAGEMENT_FEE', 3, 1, 'OWNER'],
      ['A231', 'HEATING', 12, 11, 'OWNER'],
      ['A249', 'PUBLIC_WATER', 3, 1, 'OCCUPANT'],
      ['A249', 'PUBLIC_ELECTRICITY', 3, 1, 'OCCUPANT'],
      ['A014', 'STAFF_MEAL', 1, 1, 'OCCUPANT'],
      ['A230', 'LATE_FEE', 1, 1, 'OWNER'],
      ['A087', 'DECORATION_WASTE', null, null, 'OWNER'],
      ['A087', 'DECORATION_DEPOSIT', null, null, 'OWNER'],
      ['A087', 'PASS_FEE', null, null, 'OCCUPANT'],
      ['A087', 'PAID_SERVICE', null, null, 'OCCUPANT'],
      ['B011', 'VENUE_RENT', null, null, 'OCCUPANT'],
      ['A226', 'AGENCY_COMMISSION', null, null, 'OWNER'],
      ['B045', 'RETURNED_REFUND', null, null, 'OCCUPANT'],
      ['A087', 'FINAL_SETTLEMENT', null, null, 'OCCUPANT'],
    ];

  it.each(cycles)(
    '[%s] %s: how long a bill covers, from which month, and who answers for it',
    (rule, code, ...terms) => {
      const [cycleMonths, startMonth, liable] = terms;
      expect(builtInChargeTypes.find((type) => type.code === code)).toEqual({
        code,
        cycleMonths,
        startMonth,
        liable,
        rule,
      });
    },
  );

  it('are all told here', () => {
    expect(cycles.map(([, code]) => code)).toEqual(builtInChargeTypes.map(({ code }) => code));
  });
});

it.each<[means: keyof typeof paymentMeansTable, needs: string]>([
  ['CASH', 'session'],
  ['CHEQUE', 'session reference'],
  ['CARD', 'session reference'],
  ['TRANSFER', 'reference'],
  ['WALLET', 'reference'],
  ['SIGNED', 'session proof'],
  ['ON_ACCOUNT', 'session proof'],
])('[B045] %s needs a %s', (means, needs) => {
  const { needsSession, needsReference, needsProof } = paymentMeansTable[means];
  const words = [needsSession && 'session', needsReference && 'reference', needsProof && 'proof'];
  expect(words.filter(Boolean).join(' ')).toBe(needs);
});
