import { DomainError } from '@steward/core';
import type { Tx } from '@steward/db';
import { broadcastScriptWithdrawn } from '@steward/events';
import { cancelDeadlines, cancelScheduled, publish, saveAggregate } from '@steward/service-kit';

import { broadcastScriptAggregate } from '../db/broadcast-script-entities.ts';
import { broadcastTimer, withdrawBroadcastReasons } from '../domain/broadcast-script-policy.ts';
import { broadcastScriptRules } from '../domain/broadcast-script-rules.ts';
import type { WithdrawBroadcastScriptInput } from '../graphql/generated.ts';
import { lockBroadcastScript } from './lock-broadcast-script.ts';

const rule = 'A309';

export async function withdrawBroadcastScript(tx: Tx, input: WithdrawBroadcastScriptInput): Promise<{ id: string }> {
  const action = 'withdrawBroadcastScript';
  const script = await lockBroadcastScript(tx, input, action);
  const { reasonCode } = input;
  if (!withdrawBroadcastReasons.includes(reasonCode))
    throw new DomainError('BAD_USER_INPUT', 'REASON_UNKNOWN', { path: 'input.reasonCode', rule });
  const withdrawn = { ...broadcastScriptRules.moveTo(script, action, 'WITHDRAWN'), reasonCode };
  const note = { action, reason: reasonCode, rule };
  const saved = await saveAggregate(tx, broadcastScriptAggregate, script, withdrawn, note);
  publish(tx, saved, broadcastScriptWithdrawn, { scriptId: saved.id, reasonCode });
  await cancelDeadlines(tx, saved);
  await cancelScheduled(tx, saved.id, broadcastTimer);
  return { id: saved.id };
}
