import { refuseAll } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { broadcastScriptChanged } from '@steward/events';
import { publish, saveAggregate } from '@steward/service-kit';

import { broadcastScriptAggregate } from '../db/broadcast-script-entities.ts';
import { withChanges } from '../domain/descriptive.ts';
import { textViolations } from '../domain/text-rules.ts';
import type { ChangeBroadcastScriptInput } from '../graphql/generated.ts';
import { lockBroadcastScript } from './lock-broadcast-script.ts';

export async function changeBroadcastScript(tx: Tx, input: ChangeBroadcastScriptInput): Promise<{ id: string }> {
  const action = 'changeBroadcastScript';
  const script = await lockBroadcastScript(tx, input, action);
  refuseAll([...textViolations(input.title, 'input.title'), ...textViolations(input.text, 'input.text')]);
  const words = { title: input.title?.trim(), text: input.text?.trim() };
  const changed = { ...withChanges(script, words), writtenBy: txScope(tx).actor.sub };
  const saved = await saveAggregate(tx, broadcastScriptAggregate, script, changed, { action, rule: 'A309' });
  publish(tx, saved, broadcastScriptChanged, { scriptId: saved.id });
  return { id: saved.id };
}
