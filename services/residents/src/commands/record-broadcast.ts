import { DomainError, newId } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { broadcastScriptRead } from '@steward/events';
import { invocationOf, meetDeadline, publish, saveAggregate } from '@steward/service-kit';

import { broadcastRunEntity, broadcastScriptAggregate } from '../db/broadcast-script-entities.ts';
import { dueRunOf } from '../db/broadcast-script-queries.ts';
import { broadcastClock } from '../domain/broadcast-script-policy.ts';
import type { BroadcastScript } from '../domain/broadcast-script.ts';
import type { RecordBroadcastInput } from '../graphql/generated.ts';
import { lockBroadcastScript } from './lock-broadcast-script.ts';

const rule = 'A309';

/** The time that is due; a script without times is read out when somebody asks for it. */
async function keepRun(tx: Tx, { id: scriptId, tenantId, status }: BroadcastScript): Promise<string> {
  const { now } = txScope(tx);
  const read = { status: 'READ' as const, readAt: now, readById: invocationOf(tx).viewer.staffId ?? null };
  const due = await dueRunOf(tx, scriptId);
  if (due !== null) {
    await tx.update(broadcastRunEntity, { id: due.id, tenantId }, read);
    return due.id;
  }
  if (status === 'SCHEDULED') throw new DomainError('CONFLICT', 'NOTHING_DUE', { rule });
  const id = newId();
  await tx.insert(broadcastRunEntity, { id, tenantId, scriptId, dueAt: now, ...read });
  return id;
}

export async function recordBroadcast(tx: Tx, input: RecordBroadcastInput): Promise<{ id: string }> {
  const action = 'recordBroadcast';
  const script = await lockBroadcastScript(tx, input, action);
  const runId = await keepRun(tx, script);
  const saved = await saveAggregate(tx, broadcastScriptAggregate, script, script, { action, rule });
  publish(tx, saved, broadcastScriptRead, { scriptId: saved.id, runId, readAt: txScope(tx).now.toISOString() });
  await meetDeadline(tx, saved, broadcastClock);
  return { id: saved.id };
}
