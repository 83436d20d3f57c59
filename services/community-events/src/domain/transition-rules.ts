import { DomainError, type Violation } from '@steward/core';

import type { Activity, ActivityStatus } from './activity.ts';
import { activityTransitions, type ActivityAction, type Transition } from './transition-policy.ts';

type Params = Record<string, string | number | boolean | null>;

/** Why the state refuses an action: one of possibly several reasons. */
export type StateRefusal = { reason: string; rule: string; params?: Params };

type Guard = (activity: Activity) => StateRefusal | null;

const refuseIf =
  (applies: (activity: Activity) => boolean, reason: string, rule: string): Guard =>
  (activity) =>
    applies(activity) ? { reason, rule } : null;

const isMerchants = refuseIf(({ kind }) => kind !== 'MERCHANT', 'NOT_A_MERCHANTS_ACTIVITY', 'B018');
const dutiesAssigned = refuseIf(({ dutyCount }) => dutyCount === 0, 'DUTIES_MISSING', 'A106');
const dutiesConfirmed = refuseIf(({ openDutyCount }) => openDutyCount > 0, 'DUTY_UNCONFIRMED', 'A106');

/** What has to be so besides the status. */
const guards: Partial<Record<ActivityAction, readonly Guard[]>> = {
  recordMerchantProcedures: [isMerchants],
  recordActivitySiteControl: [isMerchants],
  startActivity: [dutiesAssigned, dutiesConfirmed],
};

const transitionOf = (action: ActivityAction): Transition => activityTransitions[action];

/** Everything by which the state refuses an action; empty if it does not. */
export function stateRefusals(activity: Activity, action: ActivityAction): StateRefusal[] {
  const { from, rule } = transitionOf(action);
  if (!from.includes(activity.status)) {
    return [{ reason: 'ILLEGAL_TRANSITION', rule, params: { action, status: activity.status } }];
  }
  return (guards[action] ?? []).map((guard) => guard(activity)).filter((refusal) => refusal !== null);
}

/** Refuses with everything that stands in the way at once; the first gives reason and rule. */
export function requireAction(activity: Activity, action: ActivityAction): void {
  const [first, ...others] = stateRefusals(activity, action);
  if (first === undefined) return;
  const violations: Violation[] = others.length > 0 ? [first, ...others] : [];
  throw new DomainError('CONFLICT', first.reason, { ...first, violations });
}

/** The activity in the status that an action leads to; a way that the table does not have is a mistake of the code. */
export function moveTo(activity: Activity, action: ActivityAction, status: ActivityStatus): Activity {
  requireAction(activity, action);
  const { to } = transitionOf(action);
  if (!to.includes(status) && !(status === activity.status && to.includes('same'))) {
    throw new Error(`${action} does not lead from ${activity.status} to ${status}`);
  }
  return { ...activity, status };
}

/** The activity as it stands, for an action that changes other things than the status. */
export const stay = (activity: Activity, action: ActivityAction): Activity => moveTo(activity, action, activity.status);
