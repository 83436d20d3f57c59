import { allows, type Subject } from '@steward/auth';
import type { RefusalValue } from '@steward/service-kit';

import type { JudgedAction } from '../commands/judge-actions.ts';
import type { ResidentsContext } from '../db/loaders.ts';
import { access } from './access-policy.ts';

const denied: RefusalValue = { code: 'FORBIDDEN', reason: 'ACCESS_DENIED' };

/** What the viewer may do, by the access table first and then by the state of the aggregate. */
export async function availableActions(ctx: ResidentsContext, subject: Subject, judged: readonly JudgedAction[]) {
  const own = { householdIds: await ctx.ownHouseholds() };
  return judged.map(({ action, refusal }) => {
    const row = access[`Mutation.${action}`] ?? 'nobody';
    const mayAct = row === 'authenticated' || (typeof row !== 'string' && allows(row, ctx.viewer, subject, own));
    return { action, allowed: mayAct && refusal === null, refusal: mayAct ? refusal : denied };
  });
}
