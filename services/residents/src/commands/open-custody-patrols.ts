import { newId } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { custodyPatrolDue } from '@steward/events';
import {
  lockAggregates,
  notify,
  publish,
  resolvePolicy,
  saveAggregates,
  schedule,
  startDeadline,
} from '@steward/service-kit';

import { loadCommunity } from '../db/community-queries.ts';
import { custodyAggregate, custodyPatrolEntity } from '../db/custody-entities.ts';
import { activeCustodyIds } from '../db/custody-queries.ts';
import { custodyPatrolStaff, custodyPolicy, custodyWeekTimer } from '../domain/custody-policy.ts';
import type { Custody, CustodyPatrolKind, HeavyRainWarning } from '../domain/custody.ts';

const rule = 'A062';
const hour = 3_600_000;

type Due = {
  kind: CustodyPatrolKind;
  warningId: string | null;
  startedAt: Date;
  dueAt: Date;
  /** The weekly patrol before it was not made. */
  isLastMissed?: boolean;
};

/** Makes a patrol due of a custody that this transaction has saved: its row, its clock and its event. */
export async function openPatrol(tx: Tx, custody: Custody, due: Due, zone: string): Promise<void> {
  const { tenantId } = txScope(tx);
  const { kind, warningId, startedAt, dueAt, isLastMissed = false } = due;
  const { patrolWarnShare } = await resolvePolicy(tx, custodyPolicy, custody.communityId);
  const patrolId = newId();
  const open = { id: patrolId, tenantId, custodyId: custody.id, kind, status: 'DUE' as const, warningId, dueAt };
  const blank = { patrolledAt: null, patrolledBy: null, findingCodes: [], noteSealed: null, photoFileIds: [] };
  await tx.insert(custodyPatrolEntity, { ...open, ...blank });
  publish(tx, custody, custodyPatrolDue, {
    custodyId: custody.id,
    patrolId,
    kind,
    dueAt: dueAt.toISOString(),
    isLastMissed,
  });
  const { patrols, supervises, directs } = custodyPatrolStaff;
  const escalations = [
    { afterShare: 1, to: supervises },
    { afterShare: 2, to: directs },
  ];
  const spec = { kind, rule, span: { dueAt }, warnShare: patrolWarnShare, warnTo: patrols, escalations };
  await startDeadline(tx, custodyAggregate, custody, spec, { zone, startedAt });
}

/** Opens a week of a custody: its patrol, and the timer at the end of the week. */
export async function openWeek(
  tx: Tx,
  custody: Custody,
  { startedAt, isLastMissed }: { startedAt: Date; isLastMissed: boolean },
): Promise<void> {
  const { communityId } = custody;
  const { timeZone } = await loadCommunity(tx, communityId);
  const { patrolHours } = await resolvePolicy(tx, custodyPolicy, communityId);
  const dueAt = new Date(startedAt.getTime() + patrolHours * hour);
  await openPatrol(tx, custody, { kind: 'WEEKLY', warningId: null, startedAt, dueAt, isLastMissed }, timeZone);
  // A moment later: whoever walks at the last instant is in time.
  const next = new Date(dueAt.getTime() + 1000);
  const payload = { startsAt: dueAt.toISOString() };
  await schedule(tx, { kind: custodyWeekTimer, dueAt: next, aggregateId: custody.id, communityId, payload });
}

type RainPatrol = { kind: 'BEFORE_RAIN' | 'AFTER_RAIN'; startedAt: Date; dueAt: Date };

/** Makes a patrol due of every unit under custody in a community; answers how many. */
export async function openRainPatrols(tx: Tx, warning: HeavyRainWarning, patrol: RainPatrol): Promise<number> {
  const { communityId, id: warningId } = warning;
  const { timeZone } = await loadCommunity(tx, communityId);
  const locked = await lockAggregates(tx, custodyAggregate, await activeCustodyIds(tx, communityId));
  const active = [...locked.values()].filter(({ status }) => status === 'ACTIVE');
  const pairs = active.map((custody) => ({ before: custody, after: custody }));
  const saved = await saveAggregates(tx, custodyAggregate, pairs, {
    action: 'openRainPatrol',
    reasonCode: patrol.kind,
    rule,
  });
  for (const custody of saved) await openPatrol(tx, custody, { ...patrol, warningId }, timeZone);
  if (saved.length > 0) {
    const params = { kind: patrol.kind, units: saved.length, dueAt: patrol.dueAt.toISOString(), rule };
    await notify(tx, { communityId, to: custodyPatrolStaff.patrols, template: 'custodyRainPatrols', params });
  }
  return saved.length;
}
