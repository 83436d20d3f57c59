import { newId } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { broadcastScriptDue, broadcastScriptEnded } from '@steward/events';
import {
  cancelDeadlines,
  lockAggregate,
  publish,
  resolvePolicy,
  saveAggregate,
  startDeadline,
  type DueTimer,
} from '@steward/service-kit';

import { broadcastRunEntity, broadcastScriptAggregate } from '../db/broadcast-script-entities.ts';
import { dueRunOf } from '../db/broadcast-script-queries.ts';
import { findManagedCommunity } from '../db/community-queries.ts';
import { tell } from '../db/notices.ts';
import { broadcastClock, broadcastPolicy } from '../domain/broadcast-script-policy.ts';
import type { BroadcastRun, BroadcastScript } from '../domain/broadcast-script.ts';
import { scheduleNextBroadcast } from './schedule-broadcast-script.ts';

const rule = 'A309';
const desk = 'CUSTOMER_SERVICE';

/** What was not read out before its next time, or its end, stays missed; its breach is on record. */
async function miss(tx: Tx, script: BroadcastScript, last: BroadcastRun | null): Promise<void> {
  if (last === null) return;
  await tx.update(broadcastRunEntity, { id: last.id, tenantId: script.tenantId }, { status: 'MISSED' });
  await cancelDeadlines(tx, script, broadcastClock);
}

async function end(tx: Tx, script: BroadcastScript): Promise<void> {
  const note = { action: 'endBroadcastScript', rule };
  const ended: BroadcastScript = { ...script, status: 'ENDED' };
  const saved = await saveAggregate(tx, broadcastScriptAggregate, script, ended, note);
  await miss(tx, saved, await dueRunOf(tx, saved.id));
  publish(tx, saved, broadcastScriptEnded, { scriptId: saved.id });
}

async function startRun(tx: Tx, script: BroadcastScript, at: Date, zone: string): Promise<void> {
  const { tenantId, id: scriptId, communityId } = script;
  const run = { id: newId(), tenantId, scriptId, dueAt: at, status: 'DUE' as const, readAt: null, readById: null };
  await tx.insert(broadcastRunEntity, run);
  publish(tx, script, broadcastScriptDue, { scriptId, runId: run.id, dueAt: at.toISOString() });
  const { readMinutes, warnShare, directorShare } = await resolvePolicy(tx, broadcastPolicy, communityId);
  const warnTo = { role: 'clerk', departmentCode: desk } as const;
  const escalations = [
    { afterShare: 1, to: { role: 'supervisor', departmentCode: desk } as const },
    { afterShare: directorShare, to: { role: 'director' } as const },
  ];
  const span = { amount: readMinutes, unit: 'minute' } as const;
  const spec = { kind: broadcastClock, rule, span, warnShare, warnTo, escalations };
  await startDeadline(tx, broadcastScriptAggregate, script, spec, { zone, startedAt: at });
  await tell(tx, script, warnTo, 'broadcastScriptDue', { kind: script.kind });
}

/** Timer: a script is to be read out now, or its last day is over (A309). */
export async function beginBroadcast(tx: Tx, due: DueTimer<{ isEnd: boolean }>): Promise<void> {
  const script = await lockAggregate(tx, broadcastScriptAggregate, due.aggregateId ?? '');
  const community = await findManagedCommunity(tx, script.communityId);
  if (script.status !== 'SCHEDULED' || community === null) return;
  if (due.payload.isEnd) return end(tx, script);
  const { timeZone } = community;
  // What fell due while nothing ran is not made up for: only the time that has just come is a time to read out.
  await scheduleNextBroadcast(tx, script, txScope(tx).now, timeZone);
  const last = await dueRunOf(tx, script.id);
  const note = { action: 'beginBroadcast', rule, ...(last === null ? {} : { reason: 'BROADCAST_MISSED' }) };
  const saved = await saveAggregate(tx, broadcastScriptAggregate, script, script, note);
  await miss(tx, saved, last);
  await startRun(tx, saved, due.dueAt, timeZone);
}
