import { allows, type Subject } from '@steward/auth';
import type { Context, RefusalValue } from '@steward/service-kit';

import { access } from './access-policy.ts';

type StateRefusal = { reason: string; rule?: string; params?: Record<string, unknown> };
type Action = { action: string; allowed: boolean; refusal: RefusalValue | null };
type Judged = { action: string; refusal: RefusalValue | null };

const denied: RefusalValue = { code: 'FORBIDDEN', reason: 'ACCESS_DENIED' };

/** What the viewer may do, by the access table first and then by the state of the aggregate. */
export async function availableActions(ctx: Context, subject: Subject, judged: readonly Judged[]): Promise<Action[]> {
  const own = { householdIds: await ctx.ownHouseholds() };
  return judged.map(({ action, refusal }) => {
    const row = access[`Mutation.${action}`] ?? 'nobody';
    const mayAct = row === 'authenticated' || (typeof row !== 'string' && allows(row, ctx.viewer, subject, own));
    return { action, allowed: mayAct && refusal === null, refusal: mayAct ? refusal : denied };
  });
}

/** The same for one action on an aggregate that belongs to a community alone. */
export function availableTo({ viewer }: Context, action: string, subject: Subject, state: StateRefusal | null): Action {
  const row = access[`Mutation.${action}`] ?? 'nobody';
  const mayAct = typeof row !== 'string' && allows(row, viewer, subject, { householdIds: [] });
  if (!mayAct) return { action, allowed: false, refusal: denied };
  return { action, allowed: state === null, refusal: state === null ? null : { code: 'CONFLICT', ...state } };
}
