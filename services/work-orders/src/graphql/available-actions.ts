import { hasRole } from '@steward/auth';
import type { Context, RefusalValue } from '@steward/service-kit';

import { access } from './access-policy.ts';

type StateRefusal = { reason: string; rule?: string; params?: Record<string, unknown> };
type Action = { action: string; allowed: boolean; refusal: RefusalValue | null };

/** Whether this viewer may do something with an aggregate of their community, as far as role and state go. */
export function availableTo(
  { viewer }: Context,
  action: string,
  { communityId }: { communityId: string },
  state: StateRefusal | null,
): Action {
  const row = access[`Mutation.${action}`] ?? 'nobody';
  const isNear = viewer.communityIds === 'all' || viewer.communityIds.includes(communityId);
  const mayDo = typeof row !== 'string' && isNear && row.some((grant) => hasRole(grant, viewer));
  if (!mayDo) return { action, allowed: false, refusal: { code: 'FORBIDDEN', reason: 'ACCESS_DENIED' } };
  return { action, allowed: state === null, refusal: state === null ? null : { code: 'CONFLICT', ...state } };
}
