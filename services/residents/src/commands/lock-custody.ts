import type { Tx } from '@steward/db';
import { lockAuthorized } from '@steward/service-kit';

import { custodyAggregate } from '../db/custody-entities.ts';
import type { custodyTransitions } from '../domain/custody-policy.ts';
import { custodyRules } from '../domain/custody-rules.ts';
import type { Custody } from '../domain/custody.ts';

/** A custody for an action that its state allows, to whoever may do it. */
export async function lockCustody(
  tx: Tx,
  input: { id: string; expectedVersion?: number | null },
  action: keyof typeof custodyTransitions,
): Promise<Custody> {
  const custody = await lockAuthorized(tx, custodyAggregate, input);
  custodyRules.requireAction(custody, action);
  return custody;
}
