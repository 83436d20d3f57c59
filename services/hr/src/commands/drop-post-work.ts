import type { Tx } from '@steward/db';
import { positionDutySheetEvents, postRotationEvents } from '@steward/events';
import { cancelDeadlines, lockAggregate, saveAndTell } from '@steward/service-kit';

import { positionDutySheetAggregate, postRotationAggregate } from '../db/position-aggregates.ts';
import { openRotationsOfPosts, openSheetsOfPosts } from '../db/position-work-queries.ts';
import { dutySheetFact, rotationFact } from '../domain/position-facts.ts';
import type { StaffPost } from '../domain/staff.ts';

/** What a post brought along ends with it: its turn, and lists of duties that reach beyond its last day. */
export async function dropPostWork(tx: Tx, ended: readonly StaffPost[]): Promise<void> {
  const ids = ended.map(({ id }) => id);
  const lastDays = new Map(ended.map(({ id, validTo }) => [id, validTo]));
  const note = { action: 'dropPostWork', reasonCode: 'POST_ENDED', rule: 'A202' };
  for (const id of await openRotationsOfPosts(tx, ids)) {
    const turn = await lockAggregate(tx, postRotationAggregate, id);
    const after = { ...turn, status: 'CANCELLED' as const };
    const told = [postRotationEvents.cancelled, rotationFact] as const;
    await cancelDeadlines(
      tx,
      await saveAndTell(tx, postRotationAggregate, { before: turn, after, note }, told),
      'POST_ROTATION',
    );
  }
  for (const id of await openSheetsOfPosts(tx, ids)) {
    const sheet = await lockAggregate(tx, positionDutySheetAggregate, id);
    const validTo = lastDays.get(sheet.postId) ?? null;
    if (validTo === null || sheet.endsOn <= validTo) continue;
    const cancelled = { ...sheet, status: 'CANCELLED' as const };
    const saved = await saveAndTell(tx, positionDutySheetAggregate, { before: sheet, after: cancelled, note }, [
      positionDutySheetEvents.cancelled,
      (row) => dutySheetFact(row),
    ]);
    await cancelDeadlines(tx, saved, 'POSITION_DUTIES');
  }
}
