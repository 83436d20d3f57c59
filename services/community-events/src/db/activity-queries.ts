import { newId } from '@steward/core';
import { rows, txScope, type Tx } from '@steward/db';
import { seal } from '@steward/service-kit';
import type { SelectQueryBuilder } from 'typeorm';

import type {
  Activity,
  ActivityCost,
  ActivityDuty,
  ActivityPrize,
  ActivityRecordKind,
  ActivityRegistration,
} from '../domain/activity.ts';
import type { ActivityFilter, ActivityRegistrationFilter } from '../graphql/generated.ts';
import {
  activityCostEntity,
  activityDutyEntity,
  activityEntity,
  activityPrizeEntity,
  activityRecordEntity,
  activityRegistrationEntity,
} from './activity-entities.ts';

type PrizeDraft = { name: string; quantity: number };

/** The prizes of a plan in place of those before; only while nothing was given out. */
export async function replacePrizes(tx: Tx, activityId: string, prizes: readonly PrizeDraft[]): Promise<void> {
  await tx.delete(activityPrizeEntity, { activityId });
  if (prizes.length === 0) return;
  const { tenantId } = txScope(tx);
  const fresh = prizes.map(({ name, quantity }) => ({
    id: newId(),
    tenantId,
    activityId,
    name: name.trim(),
    quantity,
  }));
  await tx.insert(
    activityPrizeEntity,
    fresh.map((prize) => ({ ...prize, awardedCount: 0 })),
  );
}

export const findPrize = (tx: Tx, activityId: string, id: string): Promise<ActivityPrize | null> =>
  tx.findOneBy(activityPrizeEntity, { activityId, id });

export async function countPrize(tx: Tx, { id, awardedCount }: ActivityPrize): Promise<void> {
  await tx.update(activityPrizeEntity, { id }, { awardedCount: awardedCount + 1 });
}

type DutyDraft = { departmentCode: string; staffId?: string | null; task: string; resources?: string | null };

/** Duties in place of those before. */
export async function replaceDuties(tx: Tx, activityId: string, drafts: readonly DutyDraft[]): Promise<ActivityDuty[]> {
  const { tenantId } = txScope(tx);
  await tx.delete(activityDutyEntity, { activityId });
  const duties = drafts.map(({ departmentCode, staffId = null, task, resources = null }) => ({
    id: newId(),
    tenantId,
    activityId,
    departmentCode,
    staffId,
    task: task.trim(),
    resources,
    confirmedAt: null,
    confirmedBy: null,
  }));
  await tx.insert(activityDutyEntity, duties);
  return duties;
}

export const findDuty = (tx: Tx, activityId: string, id: string): Promise<ActivityDuty | null> =>
  tx.findOneBy(activityDutyEntity, { activityId, id });

export const dutiesOf = (tx: Tx, activityId: string): Promise<ActivityDuty[]> =>
  tx.findBy(activityDutyEntity, { activityId });

export async function markDutyConfirmed(tx: Tx, id: string): Promise<void> {
  const { now, actor } = txScope(tx);
  await tx.update(activityDutyEntity, { id }, { confirmedAt: now, confirmedBy: actor.id });
}

export async function insertCost(
  tx: Tx,
  { id: activityId, currency }: Activity,
  cost: { purpose: string; amount: number },
): Promise<ActivityCost> {
  const { tenantId, now } = txScope(tx);
  const complete = {
    ...cost,
    purpose: cost.purpose.trim(),
    id: newId(),
    tenantId,
    activityId,
    currency,
    recordedAt: now,
  };
  await tx.insert(activityCostEntity, complete);
  return complete;
}

type RecordDraft = { kind: ActivityRecordKind; fileId: string | null; note: string | null };

export async function insertRecords(tx: Tx, activityId: string, drafts: readonly RecordDraft[]): Promise<void> {
  const { tenantId, now, actor } = txScope(tx);
  await tx.insert(
    activityRecordEntity,
    drafts.map(({ kind, fileId, note }) => ({
      id: newId(),
      tenantId,
      activityId,
      kind,
      fileId,
      noteSealed: note === null ? null : seal(tx, note.trim()),
      recordedAt: now,
      recordedBy: actor.id,
    })),
  );
}

/** How many people hold a place, and how many wait for one. */
export async function seatsOf(tx: Tx, activityId: string): Promise<{ taken: number; waiting: number }> {
  const [found] = await rows<{ taken: number; waiting: number }>(
    tx,
    `select coalesce(sum(participant_count) filter (where status in ('REGISTERED', 'CHECKED_IN')), 0)::int as taken,
            coalesce(sum(participant_count) filter (where status = 'WAITING'), 0)::int as waiting
       from activity_registration where activity_id = $1`,
    [activityId],
  );
  return found ?? { taken: 0, waiting: 0 };
}

/** Those who wait, in the order in which they came. */
export const waitingOf = (tx: Tx, activityId: string): Promise<ActivityRegistration[]> =>
  tx.find(activityRegistrationEntity, {
    where: { activityId, status: 'WAITING' },
    order: { createdAt: 'ASC', id: 'ASC' },
  });

/** Ids of the registrations that stand. */
export const standingRegistrations = (tx: Tx, activityId: string): Promise<{ id: string }[]> =>
  rows(
    tx,
    `select id from activity_registration where activity_id = $1 and status in ('REGISTERED', 'WAITING') order by id`,
    [activityId],
  );

/** People who came. */
export async function attendanceOf(tx: Tx, activityId: string): Promise<number> {
  const [found] = await rows<{ came: number }>(
    tx,
    `select coalesce(sum(participant_count), 0)::int as came from activity_registration
      where activity_id = $1 and status = 'CHECKED_IN'`,
    [activityId],
  );
  return found?.came ?? 0;
}

export const holdsPlace = async (tx: Tx, activityId: string, personId: string): Promise<boolean> =>
  (
    await rows(
      tx,
      `select 1 from activity_registration where activity_id = $1 and person_id = $2 and status <> 'CANCELLED'`,
      [activityId, personId],
    )
  ).length > 0;

/** Activities that match, under the alias `a`. */
export function activityQuery(tx: Tx, filter: ActivityFilter): SelectQueryBuilder<Activity> {
  const query = tx.createQueryBuilder(activityEntity, 'a');
  const { communityId, status, kind, startsFrom, startsTo, venueId } = filter;
  if (communityId != null) query.andWhere('a.community_id = :communityId', { communityId });
  if (status != null) query.andWhere('a.status = any(:status)', { status });
  if (kind != null) query.andWhere('a.kind = :kind', { kind });
  if (venueId != null) query.andWhere('a.venue_id = :venueId', { venueId });
  if (startsFrom != null) query.andWhere('a.starts_at >= :startsFrom', { startsFrom });
  if (startsTo != null) query.andWhere('a.starts_at < :startsTo', { startsTo });
  return query;
}

export function registrationQuery(
  tx: Tx,
  filter: ActivityRegistrationFilter,
): SelectQueryBuilder<ActivityRegistration> {
  const query = tx.createQueryBuilder(activityRegistrationEntity, 'r');
  const { activityId, status, householdId } = filter;
  if (activityId != null) query.andWhere('r.activity_id = :activityId', { activityId });
  if (status != null) query.andWhere('r.status = any(:status)', { status });
  if (householdId != null) query.andWhere('r.household_id = :householdId', { householdId });
  return query;
}

export type Participation = {
  communityId: string;
  activityCount: number;
  registeredCount: number;
  attendanceCount: number;
  budgetAmount: number;
  actualAmount: number;
};

/** Figures of the activities that began in a range of time and took place. */
export async function participationOf(
  tx: Tx,
  { communityId, from, to }: { communityId: string; from: Date; to: Date },
): Promise<Participation> {
  const [found] = await rows<Omit<Participation, 'communityId'>>(
    tx,
    `select count(*)::int as "activityCount",
            coalesce(sum(r.registered), 0)::int as "registeredCount",
            coalesce(sum(a.attendance_count), 0)::int as "attendanceCount",
            coalesce(sum(a.budget_amount), 0)::float8 as "budgetAmount",
            coalesce(sum(a.actual_amount), 0)::float8 as "actualAmount"
       from activity a
       left join lateral (
         select sum(participant_count) as registered from activity_registration
          where activity_id = a.id and status in ('REGISTERED', 'CHECKED_IN')) r on true
      where a.community_id = $1 and a.started_at >= $2 and a.started_at < $3 and a.status in ('HELD', 'ARCHIVED')`,
    [communityId, from, to],
  );
  if (found === undefined) throw new Error('an aggregate without a row');
  return { communityId, ...found };
}
