import { DomainError, refuseAll, type Violation } from '@steward/core';

import {
  formCodes,
  formViolations,
  readingOf,
  readingViolations,
  type ItemResult,
  type Reading,
} from './move-in-rules.ts';
import { moveOutTransitions } from './move-out-policy.ts';
import type { MoveOut } from './move-out.ts';
import { procedureRules } from './procedure.ts';

export const moveOutRules = procedureRules(moveOutTransitions);

const rule = 'B010';

export type Return = { items: readonly ItemResult[]; readings: readonly Reading[]; keyCount: number };

/** The unit comes back: every item of the form, the three meters and the keys, once. */
export function returnUnit(moveOut: MoveOut, { items, readings, keyCount }: Return, at: Date): MoveOut {
  const after = moveOutRules.moveTo(moveOut, 'inspectMoveOut', moveOut.status);
  if (moveOut.inspectedAt !== null) throw new DomainError('CONFLICT', 'UNIT_RETURNED', { rule });
  const keys: Violation[] = keyCount < 1 ? [{ path: 'input.keyCount', reason: 'KEY_COUNT_REQUIRED', rule }] : [];
  refuseAll([...formViolations(items, formCodes, rule), ...readingViolations(readings, rule), ...keys]);
  return {
    ...after,
    inspectedAt: at,
    keyCount,
    waterReading: readingOf(readings, 'WATER'),
    electricityReading: readingOf(readings, 'ELECTRICITY'),
    gasReading: readingOf(readings, 'GAS'),
  };
}

/** Asks billing for the settlement, after the last readings are known; again only after it was taken back. */
export function requestSettlement(moveOut: MoveOut): MoveOut {
  const after = moveOutRules.moveTo(moveOut, 'requestMoveOutSettlement', moveOut.status);
  if (moveOut.inspectedAt === null) throw new DomainError('CONFLICT', 'UNIT_NOT_RETURNED', { rule });
  if (!['NONE', 'REVERSED'].includes(moveOut.chargeState))
    throw new DomainError('CONFLICT', 'CHARGE_REQUESTED', { rule });
  return { ...after, chargeState: 'REQUESTED', chargeId: null };
}

type Signing = { departmentCode: string; route: readonly string[]; mayAnswerFor: boolean };

/** A department on the route has nothing against the exit; its own people say so, or who stands above them. */
export function counterSign(moveOut: MoveOut, { departmentCode, route, mayAnswerFor }: Signing): MoveOut {
  const after = moveOutRules.moveTo(moveOut, 'counterSignMoveOut', moveOut.status);
  const params = { code: departmentCode };
  const path = 'input.departmentCode';
  if (!route.includes(departmentCode)) {
    throw new DomainError('BAD_USER_INPUT', 'NOT_ON_ROUTE', { path, rule, params });
  }
  if (!mayAnswerFor) throw new DomainError('FORBIDDEN', 'NOT_OF_DEPARTMENT', { rule, params });
  if (moveOut.counterSigned.includes(departmentCode)) {
    throw new DomainError('CONFLICT', 'COUNTER_SIGNED', { rule, params });
  }
  return { ...after, counterSigned: [...moveOut.counterSigned, departmentCode] };
}

/** The household signs and leaves, unless something is missing: then all of it is named. */
export function leaveUnit(moveOut: MoveOut, route: readonly string[], at: Date): MoveOut {
  const left = moveOutRules.moveTo(moveOut, 'closeMoveOut', 'CLOSED');
  const gaps: Violation[] = [];
  if (moveOut.inspectedAt === null) gaps.push({ path: 'return', reason: 'UNIT_NOT_RETURNED', rule });
  if (moveOut.chargeState !== 'SETTLED') gaps.push({ path: 'settlement', reason: 'FEE_NOT_SETTLED', rule });
  for (const code of route.filter((one) => !moveOut.counterSigned.includes(one))) {
    gaps.push({ path: `counterSigned.${code}`, reason: 'COUNTER_SIGNATURE_MISSING', rule, params: { code } });
  }
  if (gaps.length > 0) {
    const params = { count: gaps.length };
    throw new DomainError('CONFLICT', 'MOVE_OUT_INCOMPLETE', { rule, violations: gaps, params });
  }
  return { ...left, closedAt: at };
}
