import type { Tx } from '@steward/db';
import { lockAuthorized } from '@steward/service-kit';

import { broadcastScriptAggregate } from '../db/broadcast-script-entities.ts';
import type { broadcastScriptTransitions } from '../domain/broadcast-script-policy.ts';
import { broadcastScriptRules } from '../domain/broadcast-script-rules.ts';
import type { BroadcastScript } from '../domain/broadcast-script.ts';

/** A script for an action that its state allows, to whoever may do it. */
export async function lockBroadcastScript(
  tx: Tx,
  input: { id: string; expectedVersion?: number | null },
  action: keyof typeof broadcastScriptTransitions,
): Promise<BroadcastScript> {
  const script = await lockAuthorized(tx, broadcastScriptAggregate, input);
  broadcastScriptRules.requireAction(script, action);
  return script;
}
