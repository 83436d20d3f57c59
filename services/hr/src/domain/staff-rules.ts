import { DomainError, refuseAll, type Violation } from '@steward/core';

import type { TradeReference } from './department.ts';
import { cutDuty, isDutyOpen } from './duty-rules.ts';
import { requireAction } from './staff-actions.ts';
import { leavingReasons, tradeCodes } from './staff-policy.ts';
import type { Staff, StaffPost } from './staff.ts';

/** Digits, with spaces and hyphens between them and perhaps a country code in front. */
const phonePattern = /^\+?\d(?:[\s-]?\d){4,19}$/;

/** Names and phones as typed; `path` is where they stand in the input. */
export function contactViolations(contact: { name?: string | null; phone?: string | null }, path: string): Violation[] {
  const violations: Violation[] = [];
  if (contact.name != null && contact.name.trim() === '') {
    violations.push({ path: `${path}.name`, reason: 'TEXT_REQUIRED' });
  }
  if (contact.phone != null && !phonePattern.test(contact.phone.trim())) {
    violations.push({ path: `${path}.phone`, reason: 'PHONE_MALFORMED' });
  }
  return violations;
}

/** Trades that are neither built in nor among those that a community added and has not retired. */
export const tradeViolations = (
  codes: readonly string[],
  added: readonly TradeReference[],
  path: string,
): Violation[] =>
  codes.flatMap((code, index) =>
    tradeCodes.includes(code) || added.some((trade) => trade.code === code && !trade.isRetired)
      ? []
      : [{ path: `${path}.${index}`, reason: 'TRADE_UNKNOWN', params: { code } }],
  );

/** The new list of trades, sorted and without repeats. */
export function changeTrades(staff: Staff, codes: readonly string[], added: readonly TradeReference[]): Staff {
  requireAction(staff, 'changeStaffTrades');
  refuseAll(tradeViolations(codes, added, 'input.tradeCodes'));
  const wanted = [...new Set(codes)].sort();
  if (wanted.join() === [...staff.tradeCodes].sort().join()) throw new DomainError('CONFLICT', 'NOTHING_CHANGED');
  return { ...staff, tradeCodes: wanted };
}

type Left = { staff: Staff; ended: StaffPost[]; hadDuty: boolean };
type Leaving = { leftOn: string; reasonCode: string; now: Date; tomorrow: string };

/** Who has left, the posts that end with it and whether a duty did; a post still to come is never taken up. */
export function leave(staff: Staff, posts: readonly StaffPost[], leaving: Leaving): Left {
  requireAction(staff, 'recordStaffLeaving');
  const { leftOn, reasonCode, now, tomorrow } = leaving;
  const violations: Violation[] = [];
  if (!leavingReasons.some((reason) => reason === reasonCode)) {
    violations.push({ path: 'input.reasonCode', reason: 'LEAVING_REASON_UNKNOWN' });
  }
  if (leftOn <= staff.employedOn) violations.push({ path: 'input.leftOn', reason: 'RANGE_EMPTY' });
  if (leftOn > tomorrow) violations.push({ path: 'input.leftOn', reason: 'IN_THE_FUTURE' });
  refuseAll(violations);
  const ended = posts
    .filter((post) => post.validTo === null || post.validTo > leftOn)
    .map((post) => ({ ...post, validTo: leftOn > post.validFrom ? leftOn : post.validFrom }));
  const left = { ...staff, status: 'LEFT' as const, leftOn, leavingReasonCode: reasonCode };
  const hadDuty = isDutyOpen(staff, now);
  return { staff: hadDuty ? { ...left, ...cutDuty(staff, now) } : left, ended, hadDuty };
}
