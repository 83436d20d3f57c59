import { createHash } from 'node:crypto';

import { addDays, DomainError, monthOf, newId, refuseAll, type Violation } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { payrollSheetEvents, staffPayChanged, type EventDefinition } from '@steward/events';
import {
  authorize,
  insertAndTell,
  lockAggregate,
  lockAuthorized,
  lockNaturalKeys,
  managedCommunity,
  nextNumber,
  notify,
  publish,
  resolvePolicy,
  saveAggregate,
  saveAndTell,
} from '@steward/service-kit';
import chineseDays from 'chinese-days';

import { staffAggregate } from '../db/aggregates.ts';
import { payrollSheetAggregate } from '../db/pay-aggregates.ts';
import { payrollSheetEntity } from '../db/pay-entities.ts';
import { countUnreviewed, payFactsOf, replacePayrollLines, setBasePay } from '../db/payroll-queries.ts';
import { loadStaffSubject } from '../db/staff-subject-queries.ts';
import { moveBy, requireReason, type DutyAction } from '../domain/duty-transition-rules.ts';
import { sheetFact } from '../domain/pay-facts.ts';
import type { DayKind, PayrollLineRow, PayrollSheet } from '../domain/pay.ts';
import { payPolicy, payPrefixes } from '../domain/payroll-policy.ts';
import { isOnPayroll, lacksBase, payLines, type PayMonth } from '../domain/payroll-rules.ts';
import type {
  ApprovePayrollSheetInput,
  DraftPayrollSheetInput,
  RecomputePayrollSheetInput,
  ReturnPayrollSheetInput,
  SetStaffPayInput,
  SubmitPayrollSheetInput,
} from '../graphql/generated.ts';

/** What a day is by China's calendar, with public holidays and make-up working days. */
const kindOfDay = (day: string): DayKind => {
  if (chineseDays.isWorkday(day)) return 'WORKDAY';
  // A holiday has its names in two languages, a weekend the name of the day.
  const isHoliday = chineseDays.getDayDetail(day).name.includes(',') && !chineseDays.isInLieu(day);
  return isHoliday ? 'HOLIDAY' : 'REST_DAY';
};

const rangeOf = (month: string): { from: string; to: string } => {
  const from = `${month}-01`;
  return { from, to: `${addDays(from, 31).slice(0, 7)}-01` };
};

function daysOfMonth(month: string): PayMonth['days'] {
  const { from, to } = rangeOf(month);
  const days: { day: string; kind: DayKind }[] = [];
  for (let day = from; day < to; day = addDays(day, 1)) days.push({ day, kind: kindOfDay(day) });
  return days;
}

type Computed = Pick<PayrollSheet, 'staffCount' | 'totalAmount' | 'linesSha256'> & {
  lines: PayrollLineRow[];
  /** Staff for whom no base pay is set for some day. */
  withoutBase: number;
};

/** Computes everybody's pay; the same facts give the same lines and the same sum of them. */
export async function computePayroll(tx: Tx, communityId: string, month: string): Promise<Computed> {
  const figures = await resolvePolicy(tx, payPolicy, communityId);
  const payMonth = { days: daysOfMonth(month), figures };
  const facts = (await payFactsOf(tx, { communityId, ...rangeOf(month) })).filter((one) => isOnPayroll(one, payMonth));
  const lines = facts.flatMap((one) => payLines(one, payMonth));
  return {
    lines,
    staffCount: facts.length,
    totalAmount: lines.reduce((sum, { amount }) => sum + amount, 0),
    linesSha256: createHash('sha256').update(JSON.stringify(lines)).digest('hex'),
    withoutBase: facts.filter((one) => lacksBase(one, payMonth)).length,
  };
}

export async function draftPayrollSheet(tx: Tx, input: DraftPayrollSheetInput): Promise<{ id: string }> {
  const { communityId, month } = input;
  await authorize(tx, { communityId });
  const { timeZone, currency } = await managedCommunity(tx, communityId);
  if (month >= monthOf(txScope(tx).now, timeZone))
    throw new DomainError('CONFLICT', 'PAYROLL_MONTH_RUNNING', { path: 'input.month', rule: 'A011' });
  await lockNaturalKeys(tx, `payroll/${communityId}`);
  if (await tx.existsBy(payrollSheetEntity, { communityId, month }))
    throw new DomainError('CONFLICT', 'PAYROLL_EXISTS', { path: 'input.month', rule: 'A011' });
  const { lines, withoutBase: _withoutBase, ...computed } = await computePayroll(tx, communityId, month);
  const number = await nextNumber(tx, communityId, payPrefixes.sheet, timeZone);
  const open = { status: 'DRAFT' as const, submittedBy: null, approvedAt: null };
  const fresh = { id: newId(), communityId, number, month, currency, ...computed, ...open };
  const note = { action: 'draftPayrollSheet', rule: 'A011' };
  const sheet = await insertAndTell(tx, payrollSheetAggregate, fresh, note, [payrollSheetEvents.drafted, sheetFact]);
  await replacePayrollLines(tx, sheet.id, lines);
  return { id: sheet.id };
}

type Step = {
  action: DutyAction;
  status: PayrollSheet['status'];
  fact: EventDefinition<ReturnType<typeof sheetFact>>;
  changes?: Partial<PayrollSheet>;
  reason?: string;
};

async function step(
  tx: Tx,
  sheet: PayrollSheet,
  { action, status, fact, changes, reason }: Step,
): Promise<PayrollSheet> {
  const after = { ...moveBy(sheet, action, status), ...changes };
  const note = { action, rule: 'A011', ...(reason === undefined ? {} : { reason }) };
  return saveAndTell(tx, payrollSheetAggregate, { before: sheet, after, note }, [fact, sheetFact]);
}

export async function recomputePayrollSheet(tx: Tx, input: RecomputePayrollSheetInput): Promise<{ id: string }> {
  const sheet = await lockAuthorized(tx, payrollSheetAggregate, input);
  const { lines, withoutBase: _withoutBase, ...changes } = await computePayroll(tx, sheet.communityId, sheet.month);
  const fact = payrollSheetEvents.recomputed;
  const saved = await step(tx, sheet, { action: 'recomputePayrollSheet', status: 'DRAFT', fact, changes });
  await replacePayrollLines(tx, saved.id, lines);
  return { id: saved.id };
}

/** Refuses a sheet that is not what its facts give any more. */
async function requireCurrent(tx: Tx, sheet: PayrollSheet): Promise<Computed> {
  const computed = await computePayroll(tx, sheet.communityId, sheet.month);
  if (computed.linesSha256 !== sheet.linesSha256)
    throw new DomainError('CONFLICT', 'PAYROLL_OUTDATED', { rule: 'A011' });
  return computed;
}

/** The maker's part. */
export async function submitPayrollSheet(tx: Tx, input: SubmitPayrollSheetInput): Promise<{ id: string }> {
  const sheet = await lockAuthorized(tx, payrollSheetAggregate, input);
  const { communityId, month } = sheet;
  const changes = { submittedBy: txScope(tx).actor.sub };
  const fact = payrollSheetEvents.submitted;
  const saved = await step(tx, sheet, { action: 'submitPayrollSheet', status: 'SUBMITTED', fact, changes });
  const { withoutBase } = await requireCurrent(tx, sheet);
  const unreviewed = await countUnreviewed(tx, { communityId, ...rangeOf(month) });
  const violations: Violation[] = [];
  if (unreviewed > 0) violations.push({ reason: 'ATTENDANCE_UNREVIEWED', rule: 'A011', params: { count: unreviewed } });
  if (withoutBase > 0) violations.push({ reason: 'PAY_MISSING', rule: 'A011', params: { count: withoutBase } });
  refuseAll(violations);
  const to = { role: 'director' } as const;
  const params = { number: saved.number };
  await notify(tx, { communityId, to, template: 'payrollSubmitted', params, aggregateId: saved.id });
  return { id: saved.id };
}

/** Whoever handed a sheet in does not decide about it. */
function requireChecker(tx: Tx, sheet: PayrollSheet): void {
  if (sheet.submittedBy === txScope(tx).actor.sub) throw new DomainError('FORBIDDEN', 'OWN_REQUEST', { rule: 'A011' });
}

export async function returnPayrollSheet(tx: Tx, input: ReturnPayrollSheetInput): Promise<{ id: string }> {
  const sheet = await lockAuthorized(tx, payrollSheetAggregate, input);
  requireChecker(tx, sheet);
  const reason = requireReason(input.reason);
  const fact = payrollSheetEvents.returned;
  const changes = { submittedBy: null };
  return { id: (await step(tx, sheet, { action: 'returnPayrollSheet', status: 'DRAFT', fact, changes, reason })).id };
}

/** The checker's part: from here on nothing of the sheet changes. */
export async function approvePayrollSheet(tx: Tx, input: ApprovePayrollSheetInput): Promise<{ id: string }> {
  const sheet = await lockAuthorized(tx, payrollSheetAggregate, input);
  requireChecker(tx, sheet);
  const changes = { approvedAt: txScope(tx).now };
  const fact = payrollSheetEvents.approved;
  const saved = await step(tx, sheet, { action: 'approvePayrollSheet', status: 'APPROVED', fact, changes });
  await requireCurrent(tx, sheet);
  return { id: saved.id };
}

/** The base pay of a staff member from a day on; sheets that are not approved are computed with it. */
export async function setStaffPay(tx: Tx, input: SetStaffPayInput): Promise<{ id: string }> {
  const { baseAmount, validFrom } = input;
  const staff = await lockAggregate(tx, staffAggregate, input.id, input.expectedVersion);
  await authorize(tx, await loadStaffSubject(tx, staff));
  if (staff.status === 'LEFT') throw new DomainError('CONFLICT', 'STAFF_LEFT', { params: { leftOn: staff.leftOn } });
  if (!Number.isSafeInteger(baseAmount) || baseAmount < 0 || baseAmount > 100_000_000)
    throw new DomainError('BAD_USER_INPUT', 'PAY_AMOUNT', { path: 'input.baseAmount' });
  if (validFrom < staff.employedOn)
    throw new DomainError('BAD_USER_INPUT', 'PAY_BEFORE_EMPLOYMENT', { path: 'input.validFrom' });
  await setBasePay(tx, staff.id, validFrom, baseAmount);
  const saved = await saveAggregate(tx, staffAggregate, staff, staff, { action: 'setStaffPay', rule: 'A011' });
  publish(tx, saved, staffPayChanged, { staffId: staff.id, validFrom });
  return { id: staff.id };
}
