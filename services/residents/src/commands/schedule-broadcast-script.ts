import { addDays, refuseAll, startOfLocalDay } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { broadcastScriptScheduled } from '@steward/events';
import { publish, resolvePolicy, saveAggregate, schedule } from '@steward/service-kit';

import { broadcastScriptAggregate } from '../db/broadcast-script-entities.ts';
import { loadCommunity } from '../db/community-queries.ts';
import { broadcastPolicy, broadcastTimer } from '../domain/broadcast-script-policy.ts';
import { broadcastScriptRules, nextSlot, scheduleViolations } from '../domain/broadcast-script-rules.ts';
import type { BroadcastScript } from '../domain/broadcast-script.ts';
import type { ScheduleBroadcastScriptInput } from '../graphql/generated.ts';
import { broadcastDays } from './broadcast-days.ts';
import { lockBroadcastScript } from './lock-broadcast-script.ts';

/** Sets the timer of the next time; once there is none, that of the end. */
export async function scheduleNextBroadcast(tx: Tx, script: BroadcastScript, after: Date, zone: string): Promise<void> {
  const { id: aggregateId, communityId, times, weekdays, validFrom, validTo } = script;
  if (validFrom === null || validTo === null) return;
  const slot = nextSlot({ times, weekdays }, broadcastDays({ validFrom, validTo }, after, zone), after);
  const dueAt = slot ?? startOfLocalDay(validTo, zone);
  await schedule(tx, { kind: broadcastTimer, dueAt, aggregateId, communityId, payload: { isEnd: slot === null } });
}

export async function scheduleBroadcastScript(tx: Tx, input: ScheduleBroadcastScriptInput): Promise<{ id: string }> {
  const action = 'scheduleBroadcastScript';
  const script = await lockBroadcastScript(tx, input, action);
  const { timeZone: zone } = await loadCommunity(tx, script.communityId);
  const { now } = txScope(tx);
  const { longestDays } = await resolvePolicy(tx, broadcastPolicy, script.communityId);
  const { validFrom, validTo } = input;
  const times = [...new Set(input.times)].toSorted();
  const weekdays = [...new Set(input.weekdays)].toSorted((a, b) => a - b).map(String);
  const limits = { now, longestTo: addDays(validFrom, longestDays), days: broadcastDays(input, now, zone) };
  refuseAll(scheduleViolations({ times, weekdays, validFrom, validTo }, limits));
  const scheduled = {
    ...broadcastScriptRules.moveTo(script, action, 'SCHEDULED'),
    times,
    weekdays,
    validFrom,
    validTo,
  };
  const saved = await saveAggregate(tx, broadcastScriptAggregate, script, scheduled, { action, rule: 'A309' });
  publish(tx, saved, broadcastScriptScheduled, { scriptId: saved.id, validFrom, validTo });
  await scheduleNextBroadcast(tx, saved, now, zone);
  return { id: saved.id };
}
