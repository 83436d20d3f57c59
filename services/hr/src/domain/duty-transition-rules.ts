import { DomainError, type Params } from '@steward/core';

import { attendanceTransitions } from './attendance-transition-policy.ts';
import { conductTransitions } from './conduct-transition-policy.ts';
import type { DutyTransition } from './duty-transition.ts';
import { documentTransitions } from './document-transition-policy.ts';
import { meetingTransitions } from './meeting-transition-policy.ts';
import { payTransitions } from './pay-transition-policy.ts';
import { positionTransitions } from './position-transition-policy.ts';
import { rosterTransitions } from './roster-transition-policy.ts';
import { trainingTransitions } from './training-transition-policy.ts';

/** Every transition of duty, attendance, pay and conduct. */
export const dutyTransitions = {
  ...rosterTransitions,
  ...attendanceTransitions,
  ...payTransitions,
  ...conductTransitions,
  ...trainingTransitions,
  ...documentTransitions,
  ...meetingTransitions,
  ...positionTransitions,
} as const;

export type DutyAction = keyof typeof dutyTransitions;

export const transitionOf = (action: DutyAction): DutyTransition => dutyTransitions[action];

/** Why an action is refused in a status, whoever asks; null if it is not. */
export function statusRefusal(
  action: DutyAction,
  status: string,
): { reason: string; rule: string; params: Params } | null {
  const { from, rule } = transitionOf(action);
  return from.includes(status) ? null : { reason: 'ILLEGAL_TRANSITION', rule, params: { action, status } };
}

/** The row in the status that an action leads to; a way that the table does not have is a mistake of the code. */
export function moveBy<Row extends { status: string }>(row: Row, action: DutyAction, status: Row['status']): Row {
  const refusal = statusRefusal(action, row.status);
  if (refusal !== null) throw new DomainError('CONFLICT', refusal.reason, refusal);
  if (!transitionOf(action).to.includes(status)) throw new Error(`${action} does not lead to ${status}`);
  return { ...row, status };
}

/** Words of a reason: two characters are a word in Chinese. */
export function requireReason(reason: string, path = 'input.reason'): string {
  const said = reason.trim();
  if ([...said].length < 2) throw new DomainError('BAD_USER_INPUT', 'REASON_REQUIRED', { path });
  return said;
}
