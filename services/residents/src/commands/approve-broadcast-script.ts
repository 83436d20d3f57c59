import { DomainError } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { broadcastScriptApproved } from '@steward/events';
import { publish, saveAggregate } from '@steward/service-kit';

import { broadcastScriptAggregate } from '../db/broadcast-script-entities.ts';
import { broadcastScriptRules } from '../domain/broadcast-script-rules.ts';
import type { ApproveBroadcastScriptInput } from '../graphql/generated.ts';
import { lockBroadcastScript } from './lock-broadcast-script.ts';

const rule = 'A309';

/** Four eyes: what everybody hears was not approved by whoever wrote it. */
export async function approveBroadcastScript(tx: Tx, input: ApproveBroadcastScriptInput): Promise<{ id: string }> {
  const action = 'approveBroadcastScript';
  const script = await lockBroadcastScript(tx, input, action);
  if (txScope(tx).actor.sub === script.writtenBy) throw new DomainError('FORBIDDEN', 'OWN_WORK', { rule });
  const approved = broadcastScriptRules.moveTo(script, action, 'APPROVED');
  const saved = await saveAggregate(tx, broadcastScriptAggregate, script, approved, { action, rule });
  publish(tx, saved, broadcastScriptApproved, { scriptId: saved.id });
  return { id: saved.id };
}
