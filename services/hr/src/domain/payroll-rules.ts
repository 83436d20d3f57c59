import type { DayKind, PayrollLineKind, PayrollLineRow } from './pay.ts';
import { conductKinds, leaveKinds, type PayValues } from './payroll-policy.ts';

/** Everything that somebody's pay of a month is computed from. */
export type PayFacts = {
  staffId: string;
  employedOn: string;
  /** First day no longer employed. */
  leftOn: string | null;
  /** By first day, earliest first. */
  bases: readonly { validFrom: string; baseAmount: number }[];
  attendance: readonly {
    workedOn: string;
    outcome: 'PRESENT' | 'ABSENT' | 'ON_LEAVE';
    lateMinutes: number;
    earlyMinutes: number;
    waitedMinutes: number;
  }[];
  /** Half-open ranges of approved leave. */
  leaves: readonly { kindCode: string; startsOn: string; endsOn: string }[];
  overtime: readonly { workedOn: string; minutes: number }[];
  conduct: readonly { kindCode: string; points: number; rewardAmount: number | null; occurredOn: string }[];
};

export type PayMonth = {
  /** Every day of the month with what it is in the calendar, in order. */
  days: readonly { day: string; kind: DayKind }[];
  figures: PayValues;
};

type Fraction = { over: bigint; under: bigint };

/** A decimal figure as a fraction: nothing is lost on the way. */
function exact(value: number): Fraction {
  const [whole = '0', part = ''] = String(value).split('.');
  return { over: BigInt(whole + part), under: 10n ** BigInt(part.length) };
}

/** `amount x factors / divisors` in minor units, rounded once, half up (away from zero). */
export function payShare(amount: number, factors: readonly number[], divisors: readonly number[]): number {
  let [over, under] = [BigInt(amount), 1n];
  for (const { over: a, under: b } of factors.map(exact)) [over, under] = [over * a, under * b];
  for (const { over: a, under: b } of divisors.map(exact)) [over, under] = [over * b, under * a];
  const sign = over < 0n ? -1n : 1n;
  return Number(sign * ((2n * sign * over + under) / (2n * under)));
}

type Line = Omit<PayrollLineRow, 'staffId' | 'position'>;
type Params = PayrollLineRow['params'];

const line = (kind: PayrollLineKind, quantity: number, amount: number, params: Params = {}): Line => ({
  kind,
  quantity: String(quantity),
  amount,
  params: { quantity, ...params },
});

/** The base pay that holds on a day. */
const baseOn = (facts: PayFacts, day: string): number =>
  facts.bases.findLast(({ validFrom }) => validFrom <= day)?.baseAmount ?? 0;

const isEmployed = ({ employedOn, leftOn }: PayFacts, day: string): boolean =>
  employedOn <= day && (leftOn === null || day < leftOn);

/** Base pay by the days of the calendar on which it held. */
function baseLines(facts: PayFacts, { days }: PayMonth): Line[] {
  const counts = new Map<number, number>();
  for (const { day } of days) {
    if (!isEmployed(facts, day)) continue;
    const base = baseOn(facts, day);
    counts.set(base, (counts.get(base) ?? 0) + 1);
  }
  return [...counts].map(([base, count]) =>
    line('BASE', count, payShare(base, [count], [days.length]), { base, days: days.length }),
  );
}

/** Days of absence, each once, by the base pay of the day. */
function absenceLines(facts: PayFacts, { figures }: PayMonth): Line[] {
  const absent = facts.attendance.filter(({ outcome }) => outcome === 'ABSENT').map(({ workedOn }) => workedOn);
  const days = [...new Set(absent)];
  if (days.length === 0) return [];
  const base = baseOn(facts, days[0] as string);
  const { absenceFactor: factor, monthlyPaidDays: paidDays } = figures;
  const amount = -payShare(base, [days.length, factor], [paidDays]);
  return [line('ABSENCE', days.length, amount, { base, factor, paidDays })];
}

/** Working days at leave, by what share of them is not paid (B035). */
function leaveLines(facts: PayFacts, { days, figures }: PayMonth): Line[] {
  return facts.leaves.flatMap(({ kindCode, startsOn, endsOn }) => {
    const paid = figures[leaveKinds[kindCode as keyof typeof leaveKinds]];
    const lost = days.filter(
      ({ day, kind }) => kind === 'WORKDAY' && startsOn <= day && day < endsOn && isEmployed(facts, day),
    );
    const [first] = lost;
    if (first === undefined || paid >= 1) return [];
    const base = baseOn(facts, first.day);
    const { monthlyPaidDays: paidDays } = figures;
    const whole = payShare(base, [lost.length], [paidDays]);
    const amount = payShare(base, [lost.length, paid], [paidDays]) - whole;
    return [line('UNPAID_LEAVE', lost.length, amount, { base, paid, paidDays, leaveKind: kindCode })];
  });
}

/** Times late or gone early beyond the grace. */
function clockLines(facts: PayFacts, { figures }: PayMonth): Line[] {
  const { graceMinutes: grace, lateAmount, earlyAmount } = figures;
  const late = facts.attendance.filter(({ lateMinutes }) => lateMinutes > grace).length;
  const early = facts.attendance.filter(({ earlyMinutes }) => earlyMinutes > grace).length;
  return [
    ...(late === 0 ? [] : [line('LATE', late, -late * lateAmount, { each: lateAmount, grace })]),
    ...(early === 0 ? [] : [line('EARLY', early, -early * earlyAmount, { each: earlyAmount, grace })]),
  ];
}

const overtimeKinds = {
  WORKDAY: { kind: 'OVERTIME_WORKDAY', figure: 'workdayOvertimeFactor' },
  REST_DAY: { kind: 'OVERTIME_REST_DAY', figure: 'restDayOvertimeFactor' },
  HOLIDAY: { kind: 'OVERTIME_HOLIDAY', figure: 'holidayOvertimeFactor' },
} as const satisfies Record<DayKind, { kind: PayrollLineKind; figure: keyof PayValues }>;

/** Approved overtime and the time somebody waited for the relief (A031), by what the day is. */
function overtimeLines(facts: PayFacts, { days, figures }: PayMonth): Line[] {
  const kindOf = new Map(days.map(({ day, kind }) => [day, kind]));
  const worked = [
    ...facts.overtime,
    ...facts.attendance.map(({ workedOn, waitedMinutes: minutes }) => ({ workedOn, minutes })),
  ];
  return (Object.keys(overtimeKinds) as DayKind[]).flatMap((dayKind) => {
    const here = worked.filter(({ workedOn, minutes }) => minutes > 0 && kindOf.get(workedOn) === dayKind);
    const [first] = here;
    if (first === undefined) return [];
    const minutes = here.reduce((sum, one) => sum + one.minutes, 0);
    const base = baseOn(facts, first.workedOn);
    const { kind, figure } = overtimeKinds[dayKind];
    const { [figure]: factor, monthlyPaidDays: paidDays, dailyHours: hours } = figures;
    const amount = payShare(base, [minutes, factor], [paidDays, hours, 60]);
    return [line(kind, minutes, amount, { base, factor, paidDays, hours })];
  });
}

/** Penalties by their kind, rewards one by one (B041). */
function conductLines(facts: PayFacts, { figures }: PayMonth): Line[] {
  const { pointAmount: each } = figures;
  const penalties = Object.keys(conductKinds).flatMap((kindCode) => {
    const points = facts.conduct.filter((one) => one.kindCode === kindCode).reduce((sum, one) => sum + one.points, 0);
    return points === 0 ? [] : [line('PENALTY', points, -points * each, { each, conductKind: kindCode })];
  });
  const rewards = facts.conduct.flatMap(({ rewardAmount, occurredOn }) =>
    rewardAmount === null ? [] : [line('REWARD', 1, rewardAmount, { occurredOn })],
  );
  return [...penalties, ...rewards];
}

/** Every line of somebody's pay, in a fixed order; the same facts give the same lines to the cent. */
export function payLines(facts: PayFacts, month: PayMonth): PayrollLineRow[] {
  return [
    ...baseLines(facts, month),
    ...absenceLines(facts, month),
    ...leaveLines(facts, month),
    ...clockLines(facts, month),
    ...overtimeLines(facts, month),
    ...conductLines(facts, month),
  ].map((one, index) => ({ ...one, staffId: facts.staffId, position: index + 1 }));
}

/** Whether somebody is paid in a month at all. */
export const isOnPayroll = (facts: PayFacts, { days }: Pick<PayMonth, 'days'>): boolean =>
  days.some(({ day }) => isEmployed(facts, day));

/** Staff on the payroll without a base pay for some day of their employment. */
export const lacksBase = (facts: PayFacts, { days }: Pick<PayMonth, 'days'>): boolean =>
  days.some(({ day }) => isEmployed(facts, day) && !facts.bases.some(({ validFrom }) => validFrom <= day));
