import { DomainError, type Params } from '@steward/core';

import { counterTransitions, type CounterAction, type CounterTransition } from './counter-transition-policy.ts';

export type StateRefusal = { reason: string; rule: string; params: Params };

/** Why the state refuses an action; null if it does not. */
export function transitionRefusal(action: CounterAction, status: string): StateRefusal | null {
  const { from, rule }: CounterTransition = counterTransitions[action];
  return from.includes(status) ? null : { reason: 'ILLEGAL_TRANSITION', rule, params: { action, status } };
}

/** Refuses an action that the state does not allow. */
export function requireTransition(action: CounterAction, status: string): void {
  const refusal = transitionRefusal(action, status);
  if (refusal !== null) throw new DomainError('CONFLICT', refusal.reason, refusal);
}

/** Where an action leads; of several ends the named one. */
export function statusAfter(action: CounterAction, end = 0): string {
  const { to }: CounterTransition = counterTransitions[action];
  return to[end] ?? '';
}
