import { DomainError, refuseAll, type Violation } from '@steward/core';

import { formViolations, openDefects, type ItemResult } from './move-in-rules.ts';
import { procedureRules } from './procedure.ts';
import { takeoverForm, takeoverTransitions } from './takeover-policy.ts';
import type { Takeover, TakeoverDefect } from './takeover.ts';

export const takeoverRules = procedureRules(takeoverTransitions);

const rule = 'A215';

/** A takeover takes days: items are checked as they are reached, each once. */
export function requireTakeoverItems(results: readonly ItemResult[], unchecked: readonly string[]): void {
  const codes = takeoverForm.map(({ code }) => code);
  const given = results.map(({ code }) => code);
  const wrong = formViolations(results, codes, rule).filter(({ reason }) => reason !== 'CHECK_ITEM_MISSING');
  const again = given.filter((code) => codes.includes(code) && !unchecked.includes(code));
  const violations: Violation[] = again.map((code) => ({
    path: 'input.items',
    reason: 'CHECK_ITEM_REPEATED',
    rule,
    params: { code },
  }));
  if (results.length === 0) violations.push({ path: 'input.items', reason: 'CHECK_ITEMS_REQUIRED', rule });
  refuseAll([...wrong, ...violations]);
}

/** A defect as the takeover form has it. */
export function takeoverDefectOf(code: string): Pick<TakeoverDefect, 'itemCode' | 'tradeCode' | 'problemCode'> {
  const found = takeoverForm.find((one) => one.code === code);
  if (found === undefined) throw new Error('items are checked before they are used');
  return { itemCode: code, tradeCode: found.tradeCode, problemCode: found.problemCode };
}

/** What stands between a takeover and its signatures: items without a result (A215) and papers of the set (A213). */
export const signingGaps = (unchecked: readonly string[], missingKindCodes: readonly string[]): Violation[] => [
  ...unchecked.map((code) => ({ path: `checks.${code}`, reason: 'CHECK_ITEM_MISSING', rule, params: { code } })),
  ...missingKindCodes.map((kindCode) => ({
    path: `papers.${kindCode}`,
    reason: 'PAPER_MISSING',
    rule: 'A213',
    params: { kindCode },
  })),
];

/** Both sides sign the takeover with its list of what is left over; without any it is closed at once. */
export function signTakeover(
  takeover: Takeover,
  defects: readonly TakeoverDefect[],
  gaps: readonly Violation[],
  at: Date,
): Takeover {
  takeoverRules.requireAction(takeover, 'signTakeover');
  if (gaps.length > 0) {
    const params = { count: gaps.length };
    throw new DomainError('CONFLICT', 'TAKEOVER_INCOMPLETE', { rule, violations: [...gaps], params });
  }
  const isOver = openDefects(defects).length === 0;
  const signed = takeoverRules.moveTo(takeover, 'signTakeover', isOver ? 'CLOSED' : 'SIGNED');
  return { ...signed, signedAt: at, closedAt: isOver ? at : null };
}

/** With the last defect re-checked a signed takeover is over. */
export function closeTakeover(takeover: Takeover, isLast: boolean, at: Date): Takeover {
  const isOver = isLast && takeover.signedAt !== null;
  const next = takeoverRules.moveTo(takeover, 'recheckTakeoverDefect', isOver ? 'CLOSED' : takeover.status);
  return { ...next, closedAt: isOver ? at : null };
}
