import { newId } from '@steward/core';
import { rows, txScope, type Tx } from '@steward/db';
import { whereEach, type Order } from '@steward/service-kit';
import type { SelectQueryBuilder } from 'typeorm';

import type { ComplaintReport } from '../domain/complaint-report.ts';
import type { Recurrence, RecurringProblem } from '../domain/recurring-problem.ts';
import type {
  ComplaintReportFilter,
  ComplaintReportOrder,
  RecurringProblemFilter,
  RecurringProblemOrder,
} from '../graphql/generated.ts';
import { complaintReportEntity, problemComplaintEntity, recurringProblemEntity } from './analysis-entities.ts';

type Window = { communityId: string; from: Date; to: Date; atLeast: number };

/**
 * Kinds of complaints that came at least so often in one building in the window and are no open problem yet, in one
 * statement. A complaint without ground, taken back or already part of a finding does not count (A038).
 */
export const findRecurrences = (tx: Tx, { communityId, from, to, atLeast }: Window): Promise<Recurrence[]> =>
  rows<Recurrence>(
    tx,
    `select c.category_code as "categoryCode", c.building_id as "buildingId",
            array_agg(c.id order by c.received_at, c.id) as "complaintIds"
       from complaint c
      where c.community_id = $1 and c.received_at >= $2 and c.received_at < $3
        and c.status <> 'WITHDRAWN' and c.is_valid is distinct from false
        and not exists (select 1 from recurring_problem_complaint l where l.complaint_id = c.id)
        and not exists (select 1 from recurring_problem p
                         where p.community_id = c.community_id and p.category_code = c.category_code
                           and p.building_id is not distinct from c.building_id and p.status <> 'EFFECTIVE')
      group by c.category_code, c.building_id
     having count(*) >= $4
      order by c.category_code, c.building_id`,
    [communityId, from, to, atLeast],
  );

/** Complaints of the problem's kind and place from a time on, that do not belong to it yet. */
export async function complaintsSince(tx: Tx, problem: RecurringProblem, from: Date): Promise<string[]> {
  const { communityId, categoryCode, buildingId } = problem;
  const found = await rows<{ id: string }>(
    tx,
    `select c.id from complaint c
      where c.community_id = $1 and c.category_code = $2 and c.building_id is not distinct from $3::uuid
        and c.received_at >= $4 and c.status <> 'WITHDRAWN' and c.is_valid is distinct from false
        and not exists (select 1 from recurring_problem_complaint l where l.complaint_id = c.id)
      order by c.received_at, c.id`,
    [communityId, categoryCode, buildingId, from],
  );
  return found.map(({ id }) => id);
}

export async function linkComplaints(tx: Tx, problemId: string, complaintIds: readonly string[]): Promise<void> {
  if (complaintIds.length === 0) return;
  const { tenantId } = txScope(tx);
  const links = complaintIds.map((complaintId) => ({ complaintId, tenantId, problemId }));
  await tx.createQueryBuilder().insert().into(problemComplaintEntity).values(links).updateEntity(false).execute();
}

/** Whether the period's report was issued already. */
export const isIssued = (
  tx: Tx,
  { communityId, period, startsOn }: Pick<ComplaintReport, 'communityId' | 'period' | 'startsOn'>,
): Promise<boolean> => tx.existsBy(complaintReportEntity, { communityId, period, startsOn });

export const newProblem = (
  { categoryCode, buildingId }: Recurrence,
  entry: { communityId: string; number: string; foundAt: Date },
) => ({
  ...entry,
  id: newId(),
  status: 'FOUND' as const,
  categoryCode,
  buildingId,
  round: 1,
  causeSealed: null,
  preventionSealed: null,
  ownerId: null,
  departmentCodes: [],
  plannedAt: null,
  checkAt: null,
  checkedAt: null,
  recurrenceCount: null,
});

export const problemOrders: Record<RecurringProblemOrder, Order> = {
  FOUND_AT_DESC: { property: 'foundAt', direction: 'DESC' },
  FOUND_AT_ASC: { property: 'foundAt', direction: 'ASC' },
};

export const reportOrders: Record<ComplaintReportOrder, Order> = {
  STARTS_ON_DESC: { property: 'startsOn', direction: 'DESC' },
  STARTS_ON_ASC: { property: 'startsOn', direction: 'ASC' },
};

type Communities = readonly string[] | null;

/** Recurring problems of communities; null for all that the viewer may see. */
export function problemsQuery(
  tx: Tx,
  { status, categoryCode, buildingId }: RecurringProblemFilter,
  communities: Communities,
): SelectQueryBuilder<RecurringProblem> {
  const query = tx.createQueryBuilder(recurringProblemEntity, 'p');
  return whereEach(query, { communityId: communities, status, categoryCode, buildingId });
}

/** Reports of communities; null for all that the viewer may see. */
export function reportsQuery(
  tx: Tx,
  { status, period }: ComplaintReportFilter,
  communities: Communities,
): SelectQueryBuilder<ComplaintReport> {
  return whereEach(tx.createQueryBuilder(complaintReportEntity, 'r'), { communityId: communities, status, period });
}
