import { DomainError, refuseAll, type Violation } from '@steward/core';

import type { DunningValues } from './counter-policy.ts';
import type { DunningCase } from './dunning-case.ts';

/** Why somebody does not pay, and what follows from it (A078). */
export const dunningCauses = {
  FORGOTTEN: { measures: ['REMIND'], isGroundless: false },
  ABSENT: { measures: ['REMIND', 'LETTER'], isGroundless: false },
  HARDSHIP: { measures: ['REMIND', 'AGREE_INSTALMENTS'], isGroundless: false },
  SERVICE_COMPLAINT: { measures: ['RESOLVE_COMPLAINT', 'REMIND'], isGroundless: false },
  BILLING_DISPUTE: { measures: ['CHECK_BILL', 'REMIND'], isGroundless: false },
  REFUSAL: { measures: ['REMIND', 'LETTER', 'VISIT', 'LEGAL'], isGroundless: true },
} as const;

export type DunningCause = keyof typeof dunningCauses;
export type DunningMeasure = (typeof dunningCauses)[DunningCause]['measures'][number];

/** A measure that does not answer the cause is refused. */
export function checkMeasure(cause: DunningCause, measure: DunningMeasure): void {
  const { measures }: { measures: readonly DunningMeasure[] } = dunningCauses[cause];
  if (!measures.includes(measure)) {
    const params = { cause, measures: measures.join(', ') };
    throw new DomainError('BAD_USER_INPUT', 'MEASURE_DOES_NOT_FIT', { path: 'input.measure', rule: 'A078', params });
  }
}

type Steps = Pick<DunningCase, 'firstRemindedAt' | 'letterSentAt' | 'visitedAt' | 'legalAt'>;

/** Where a case stood before it ended: at the last of its steps, which come in this order alone. */
export function statusBefore(ended: Steps): Exclude<DunningCase['status'], 'SETTLED'> {
  if (ended.legalAt !== null) return 'LEGAL';
  if (ended.visitedAt !== null) return 'VISITED';
  if (ended.letterSentAt !== null) return 'LETTER_SENT';
  return ended.firstRemindedAt === null ? 'LISTED' : 'REMINDED';
}

/** A day so many days after another; negative for before. */
const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** The last day on which a debt may have been due and be overdue today (A078). */
export const overdueSince = (today: string, { overdueDays }: DunningValues): string => addDays(today, -overdueDays);

/** What a phone call or message has to say (A079). */
export type Reminder = { amount: number; from: string | null; to: string | null; payBy: string };

export const reminderPayBy = (today: string, { reminderTermDays }: DunningValues): string =>
  addDays(today, reminderTermDays);

/** How a reminder is given, and what is left of it besides: a message that the platform sends is kept by itself. */
type Told = { amount: number; payBy: string; channel: 'PHONE' | 'SMS'; hasRecord: boolean };

/** A reminder tells the whole debt, its period and a day that has not passed, to somebody, and leaves a proof (A079). */
export function checkReminder(told: Told, owed: { amount: number; today: string; hasHousehold: boolean }): void {
  const rule = 'A079';
  const violations: Violation[] = [];
  if (told.amount !== owed.amount)
    violations.push({ path: 'input.amount', reason: 'AMOUNT_DIFFERS_FROM_DEBT', rule, params: { owed: owed.amount } });
  if (told.payBy <= owed.today) violations.push({ path: 'input.dueOn', reason: 'TERM_PAST', rule });
  if (told.channel === 'PHONE' && !told.hasRecord)
    violations.push({ path: 'input.note', reason: 'PROOF_OR_NOTE_REQUIRED', rule });
  if (told.channel === 'SMS' && !owed.hasHousehold)
    violations.push({ path: 'input.channel', reason: 'NOBODY_TO_MESSAGE', rule });
  refuseAll(violations);
}

/** The letter goes out once the months since the first recorded notice are over, by express mail with its number (A080). */
export function checkLetter(letter: { trackingNumber: string; letterDueAt: Date | null; now: Date }): void {
  const rule = 'A080';
  if (letter.letterDueAt === null || letter.now < letter.letterDueAt) {
    const params = { dueAt: letter.letterDueAt?.toISOString() ?? null };
    throw new DomainError('CONFLICT', 'LETTER_TOO_EARLY', { rule, params });
  }
  if (!/^[A-Z0-9]{8,20}$/.test(letter.trackingNumber))
    throw new DomainError('BAD_USER_INPUT', 'TRACKING_NUMBER_MALFORMED', { path: 'input.trackingNumber', rule });
}

/** A visit is for those who live in the estate (A081). */
export function checkVisit(debtor: { livesInEstate: boolean }): void {
  if (!debtor.livesInEstate) throw new DomainError('CONFLICT', 'DEBTOR_LIVES_ELSEWHERE', { rule: 'A081' });
}

/** The day since which a debt has to be due to count as refused long: so many months back, or that month's last day. */
export function longRefusedSince(today: string, { legalAfterMonths }: DunningValues): string {
  const [year = 0, month = 1, day = 1] = today.split('-').map(Number);
  const first = new Date(Date.UTC(year, month - 1 - legalAfterMonths, 1));
  const lastDay = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(day, lastDay));
  return first.toISOString().slice(0, 10);
}

/** The law is for a debt refused long and without ground, of a serious kind (A082). */
export function checkLegal(debt: {
  cause: DunningCause | null;
  isSerious: boolean;
  oldestDueOn: string | null;
  longSince: string;
}): void {
  const rule = 'A082';
  const violations: Violation[] = [];
  if (debt.cause === null || !dunningCauses[debt.cause].isGroundless)
    violations.push({ path: 'input.id', reason: 'REFUSAL_HAS_GROUND', rule });
  if (!debt.isSerious) violations.push({ path: 'input.isSerious', reason: 'REFUSAL_NOT_SERIOUS', rule });
  if (debt.oldestDueOn === null || debt.oldestDueOn > debt.longSince)
    violations.push({ path: 'input.id', reason: 'REFUSAL_NOT_LONG', rule, params: { longSince: debt.longSince } });
  refuseAll(violations);
}
