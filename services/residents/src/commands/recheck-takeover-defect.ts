import { txScope, type Tx } from '@steward/db';
import { takeoverClosed, takeoverDefectFollowed } from '@steward/events';
import { lockAuthorized, meetDeadline, publish, saveAggregate, unseal } from '@steward/service-kit';

import { takeoverAggregate } from '../db/takeover-entities.ts';
import { findTakeoverDefects, saveTakeoverDefect } from '../db/takeover-queries.ts';
import { recheck } from '../domain/move-in-rules.ts';
import { takeoverDefectStateFact, takeoverPlace } from '../domain/takeover-facts.ts';
import { closeTakeover, takeoverRules } from '../domain/takeover-rules.ts';
import type { RecheckTakeoverDefectInput } from '../graphql/generated.ts';
import { leaveOver } from './check-takeover.ts';

export async function recheckTakeoverDefect(tx: Tx, input: RecheckTakeoverDefectInput): Promise<{ id: string }> {
  const takeover = await lockAuthorized(tx, takeoverAggregate, input);
  takeoverRules.requireAction(takeover, 'recheckTakeoverDefect');
  const { now } = txScope(tx);
  const isPassed = input.result === 'PASS';
  const when = { at: now, rule: 'A215' };
  const { defect, isLast } = recheck(await findTakeoverDefects(tx, takeover.id), input.defectId, isPassed, when);
  const after = closeTakeover(takeover, isLast, now);
  const note = { action: 'recheckTakeoverDefect', reasonCode: defect.state, rule: 'A215' };
  const saved = await saveAggregate(tx, takeoverAggregate, takeover, after, note);
  await saveTakeoverDefect(tx, defect);
  publish(tx, saved, takeoverDefectFollowed, takeoverDefectStateFact(defect));
  if (!isPassed) {
    const words = defect.noteSealed === null ? null : unseal(tx, defect.noteSealed);
    await leaveOver(tx, saved, [{ code: defect.itemCode, note: input.note ?? words }]);
  }
  if (saved.status === 'CLOSED') {
    publish(tx, saved, takeoverClosed, { ...takeoverPlace(saved), closedAt: now.toISOString() });
    await meetDeadline(tx, saved, 'TAKEOVER_REMEDY');
  }
  return { id: saved.id };
}
