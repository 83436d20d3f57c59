import type { Tx } from '@steward/db';
import { lockAuthorized } from '@steward/service-kit';

import { escortedAccessAggregate } from '../db/register-entities.ts';
import type { EscortedAccess } from '../domain/escorted-access.ts';
import type { escortedAccessTransitions } from '../domain/register-policy.ts';
import { escortedAccessRules } from '../domain/register-rules.ts';

/** An escorted access for an action that its state allows, to whoever may do it. */
export async function lockEscortedAccess(
  tx: Tx,
  input: { id: string; expectedVersion?: number | null },
  action: keyof typeof escortedAccessTransitions,
): Promise<EscortedAccess> {
  const access = await lockAuthorized(tx, escortedAccessAggregate, input);
  escortedAccessRules.requireAction(access, action);
  return access;
}

/** Under which its passes are found. */
export const escortCause = ({ id }: EscortedAccess) => ({ type: 'escorted-access', id });
