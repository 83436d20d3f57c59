import { allows, type Subject } from '@steward/auth';
import { DomainError } from '@steward/core';

import type { RefusalValue } from './common-resolvers.ts';
import type { Context } from './context.ts';

/** Why the state of an aggregate refuses an action, as its rules tell it. */
export type StateRefusal = {
  /** `CONFLICT` unless said otherwise. */
  code?: string;
  reason: string;
  rule?: string;
  params?: Record<string, unknown>;
};

/** An action with the refusal that the state would give. */
export type JudgedAction = { action: string; refusal: RefusalValue | null };

export type AvailableAction = JudgedAction & { allowed: boolean };

const denied: RefusalValue = { code: 'FORBIDDEN', reason: 'ACCESS_DENIED' };

/**
 * The refusal that `judge` answers, or throws as rules do; null if it does neither. What is thrown and is no refusal goes
 * on as an error of the whole.
 */
export function refusalOf(judge: () => StateRefusal | null | void): RefusalValue | null {
  try {
    const refusal = judge();
    return refusal == null ? null : { code: 'CONFLICT', ...refusal };
  } catch (error) {
    return asRefusal(error);
  }
}

/** A thrown refusal as data; anything else is a failure of the whole. */
export function asRefusal(error: unknown): RefusalValue {
  if (!(error instanceof DomainError)) throw error;
  const { code, reason, rule, params, violations } = error;
  return { code, reason, params, violations, ...(rule === undefined ? {} : { rule }) };
}

/** Every action on an aggregate with the refusal that its state would give; without `refuse` the state gives none. */
export const judgeActions = <A extends string>(
  actions: readonly A[],
  refuse: (action: A) => StateRefusal | null | void = () => null,
): JudgedAction[] => actions.map((action) => ({ action, refusal: refusalOf(() => refuse(action)) }));

/**
 * What the viewer may do with an object: by the mutation's row of the access table first, then by the object's state, so
 * that who may not act learns nothing of the state. `subject` is what the type's entry in `subjects` answers.
 */
export async function availableActions(
  ctx: Context,
  subject: Subject,
  judged: readonly JudgedAction[],
): Promise<AvailableAction[]> {
  const own = { householdIds: await ctx.ownHouseholds() };
  return judged.map(({ action, refusal }) => {
    const row = ctx.accessTo(`Mutation.${action}`);
    const mayAct = row === 'authenticated' || (typeof row !== 'string' && allows(row, ctx.viewer, subject, own));
    return { action, allowed: mayAct && refusal === null, refusal: mayAct ? refusal : denied };
  });
}
