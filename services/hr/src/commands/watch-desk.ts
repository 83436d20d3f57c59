import { newId } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { dutyGapEvents } from '@steward/events';
import {
  insertAndTell,
  lockNaturalKeys,
  nextNumber,
  notify,
  resolvePolicy,
  saveAndTell,
  zoneOf,
  type DueTimer,
} from '@steward/service-kit';

import { dutyGapAggregate } from '../db/roster-aggregates.ts';
import { dutyGapEntity, dutyShiftEntity } from '../db/roster-entities.ts';
import { countAtDesk, isDeskRostered } from '../db/roster-queries.ts';
import { gapFact } from '../domain/duty-facts.ts';
import type { DutyGap } from '../domain/duty-roster.ts';
import { dutyNumberPrefixes, rosterPolicy } from '../domain/duty-time-policy.ts';

export const shiftWatchTimer = 'duty-shift-watch';

/** Timer: at the beginning of a shift, whether anybody is at the service centre (A025). */
export async function watchShiftStart(tx: Tx, due: DueTimer): Promise<void> {
  const shift = await tx.findOneBy(dutyShiftEntity, { id: due.aggregateId ?? '' });
  if (shift === null) return;
  const { communityId, id: aggregateId, number } = shift;
  if (shift.status === 'PLANNED') {
    const to = { role: 'supervisor' } as const;
    await notify(tx, { communityId, to, template: 'dutyShiftNotTakenUp', params: { number }, aggregateId });
  }
  await watchDesk(tx, communityId, 'NOBODY_CAME');
}

/**
 * Whether enough are at the service centre now; called by everything that changes it. A gap is opened and alarmed the
 * moment it happens and closed when somebody is there again; a community has one at a time.
 */
export async function watchDesk(tx: Tx, communityId: string, cause: DutyGap['cause']): Promise<void> {
  await lockNaturalKeys(tx, `desk/${communityId}`);
  const { now } = txScope(tx);
  const { leastOnDuty } = await resolvePolicy(tx, rosterPolicy, communityId);
  const isEnough = (await countAtDesk(tx, communityId)) >= leastOnDuty;
  const open = await tx
    .createQueryBuilder(dutyGapEntity, 'g')
    .setLock('pessimistic_write')
    .where("g.communityId = :communityId and g.status = 'OPEN'", { communityId })
    .getOne();
  if (isEnough && open !== null) await closeGap(tx, open, now);
  if (!isEnough && open === null && (await isDeskRostered(tx, communityId, now))) await openGap(tx, communityId, cause);
}

async function openGap(tx: Tx, communityId: string, cause: DutyGap['cause']): Promise<void> {
  const number = await nextNumber(tx, communityId, dutyNumberPrefixes.gap, await zoneOf(tx, communityId));
  const { now: gapFrom } = txScope(tx);
  const fresh = { id: newId(), communityId, number, gapFrom, gapTo: null, cause, status: 'OPEN' as const };
  const note = { action: 'watchDesk', reasonCode: cause, rule: 'A025' };
  const gap = await insertAndTell(tx, dutyGapAggregate, fresh, note, [dutyGapEvents.opened, gapFact]);
  for (const role of ['supervisor', 'director'] as const) {
    const params = { number, cause };
    await notify(tx, { communityId, to: { role }, template: 'dutyGapOpened', params, aggregateId: gap.id });
  }
}

async function closeGap(tx: Tx, gap: DutyGap, gapTo: Date): Promise<void> {
  const closed = { ...gap, gapTo, status: 'CLOSED' as const };
  const note = { action: 'watchDesk', rule: 'A025' };
  await saveAndTell(tx, dutyGapAggregate, { before: gap, after: closed, note }, [dutyGapEvents.closed, gapFact]);
}
