import { txScope, type Tx } from '@steward/db';
import { cancelDeadlines, lockAggregate, saveAggregate, type DueTimer } from '@steward/service-kit';

import { custodyAggregate, custodyPatrolEntity } from '../db/custody-entities.ts';
import { duePatrols } from '../db/custody-queries.ts';
import { openWeek } from './open-custody-patrols.ts';

/** Timer: a week of a custody is over; what was not walked stays missed, and the next patrol is due (A062). */
export async function beginCustodyWeek(tx: Tx, due: DueTimer<{ startsAt: string }>): Promise<void> {
  const custody = await lockAggregate(tx, custodyAggregate, due.aggregateId ?? '');
  if (custody.status !== 'ACTIVE') return;
  const { tenantId } = txScope(tx);
  const missed = (await duePatrols(tx, custody.id)).filter(({ kind }) => kind === 'WEEKLY');
  const isLastMissed = missed.length > 0;
  const note = { action: 'beginCustodyWeek', rule: 'A062', ...(isLastMissed ? { reasonCode: 'PATROL_MISSED' } : {}) };
  const saved = await saveAggregate(tx, custodyAggregate, custody, custody, note);
  for (const { id } of missed) await tx.update(custodyPatrolEntity, { id, tenantId }, { status: 'MISSED' });
  // The breach stays on record; the patrol of a week that is over can no longer be made.
  await cancelDeadlines(tx, saved, 'WEEKLY');
  await openWeek(tx, saved, { startedAt: new Date(due.payload.startsAt), isLastMissed });
}
