import { rows, type Tx } from '@steward/db';

import type { ReportDuty } from '../domain/conduct.ts';
import { dutyReportEntity, reportDutyEntity } from './conduct-entities.ts';

/** Duties that hold in a community, oldest first. */
export const dutiesInForce = (tx: Tx, communityId: string): Promise<ReportDuty[]> =>
  tx
    .createQueryBuilder(reportDutyEntity, 'd')
    .where("d.communityId = :communityId and d.status = 'ACTIVE'", { communityId })
    .orderBy('d.number')
    .getMany();

export const isOpened = (tx: Tx, dutyId: string, startsOn: string): Promise<boolean> =>
  tx.existsBy(dutyReportEntity, { dutyId, startsOn });

/** Reports of a duty that are still to be handed in. */
export async function owedReports(tx: Tx, dutyId: string): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    "select id from duty_report where duty_id = $1 and status in ('DUE', 'RETURNED') order by id",
    [dutyId],
  );
  return found.map(({ id }) => id);
}

/** Duties that somebody who leaves still answers for. */
export async function dutiesOfStaff(
  tx: Tx,
  staffId: string,
): Promise<{ communityId: string; number: string; id: string }[]> {
  return rows(
    tx,
    `select id, number, community_id as "communityId" from report_duty where staff_id = $1 and status = 'ACTIVE' order by number`,
    [staffId],
  );
}

export type Punctuality = { dueCount: number; onTimeCount: number; lateCount: number; missingCount: number };

/** How many reports that were due in a range of days up to today came in time, late and not at all. */
export async function punctualityOf(
  tx: Tx,
  communityId: string,
  { from, to, today }: { from: string; to: string; today: string },
): Promise<Punctuality> {
  const [found] = await rows<Punctuality>(
    tx,
    `select count(*)::int as "dueCount", count(*) filter (where is_on_time)::int as "onTimeCount",
            count(*) filter (where not is_on_time)::int as "lateCount",
            count(*) filter (where is_on_time is null)::int as "missingCount"
       from duty_report where community_id = $1 and due_on >= $2 and due_on < $3 and status <> 'DROPPED'
        and (due_on < $4 or is_on_time is not null)`,
    [communityId, from, to, today],
  );
  return found ?? { dueCount: 0, onTimeCount: 0, lateCount: 0, missingCount: 0 };
}
