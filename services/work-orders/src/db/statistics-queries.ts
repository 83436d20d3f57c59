import { monthRange } from '@steward/core';
import { rows, txScope, type Tx } from '@steward/db';

import type {
  WorkOrderDamage,
  WorkOrderMonthlyStatistics,
  WorkOrderPartyStatistics,
  WorkOrderTradeStatistics,
} from '../domain/review.ts';

type Month = { communityId: string; month: string; zone: string };

const rate = (part: string, whole: string): string => `round((${part})::numeric / nullif(${whole}, 0), 4)::text`;
const completed = 'completed_at >= $2 and completed_at < $3';
const received = 'received_at >= $2 and received_at < $3';
// Work that ran over once stays late, whatever reopening or rescheduling made of its due time afterwards.
const neverLate = `not exists (
  select 1 from deadline d
   where d.aggregate_id = work_order.id and d.kind = 'COMPLETION' and d.breached_at is not null)`;
const inTime = `${completed} and completed_at <= due_at and ${neverLate}`;
const count = (condition: string): string => `count(*) filter (where ${condition})`;

// Settled reading 9: timeliness = orders completed in the month by their due time / orders completed in the month.
const ofTrade = `
  ${count(received)} as "receivedCount", ${count(completed)} as "completedCount",
  ${count(inTime)} as "completedInTimeCount", ${rate(count(inTime), count(completed))} as "timelinessRate"`;

const ofMonth = `${ofTrade},
  ${count('cancelled_at >= $2 and cancelled_at < $3')} as "cancelledCount",
  ${count(`${completed} and rework_count > 0`)} as "reworkedCount",
  ${count(`${completed} and return_visit_outcome is not null`)} as "visitedCount",
  round(avg(opinion_rating) filter (where ${completed}), 2)::text as "meanRating"`;

const touched = `community_id = $1 and ((${received}) or (${completed}) or (cancelled_at >= $2 and cancelled_at < $3))`;

/**
 * Of the visits that were due in the month, those that were made (A069), late ones included. One that is still to come is
 * neither, and one that was called off before its time, because the work was done again, was not due. Midnight at the
 * end of the last day is still of the month.
 */
const visitsDue = `
  select ${rate(count('met_at is not null'), 'count(*)')} as rate
    from deadline
   where community_id = $1 and kind = 'RETURN_VISIT' and due_at > $2 and due_at <= $3
     and (met_at is not null or (state <> 'CANCELLED' and due_at < $4))`;

/** Repairs of one month of a community (A074, B015). */
export async function monthlyStatistics(
  tx: Tx,
  { communityId, month, zone }: Month,
): Promise<WorkOrderMonthlyStatistics> {
  const { from, to } = monthRange(month, zone);
  const params = [communityId, from, to];
  const [visits] = await rows<{ rate: string | null }>(tx, visitsDue, [...params, txScope(tx).now]);
  const [figures] = await rows<Omit<WorkOrderMonthlyStatistics, 'month' | 'returnVisitRate' | 'trades' | 'parties'>>(
    tx,
    `select ${ofMonth} from work_order where ${touched}`,
    params,
  );
  const trades = await rows<WorkOrderTradeStatistics>(
    tx,
    `select trade_code as "tradeCode", ${ofTrade} from work_order where ${touched} group by trade_code order by trade_code`,
    params,
  );
  const parties = await rows<WorkOrderPartyStatistics>(
    tx,
    `select responsible_party as "responsibleParty", count(*) as "completedCount"
       from work_order where community_id = $1 and ${completed} group by responsible_party order by responsible_party`,
    params,
  );
  if (figures === undefined) throw new Error('an aggregate over a table has one row');
  return { ...figures, month, returnVisitRate: visits?.rate ?? null, trades, parties };
}

/**
 * What was reported damaged in a month; services from the catalogue are no damage, nor is what was called off because it
 * was none after all (A244).
 */
export async function damageSummary(
  tx: Tx,
  { communityId, month, zone }: Month,
  noDamageReasons: readonly string[],
): Promise<WorkOrderDamage[]> {
  const { from, to } = monthRange(month, zone);
  return rows<WorkOrderDamage>(
    tx,
    `select building_id as "buildingId", trade_code as "tradeCode", problem_code as "problemCode", count(*) as count,
            count(*) filter (where completed_at is null and cancelled_at is null) as "openCount"
       from work_order
      where community_id = $1 and ${received} and responsibility_basis <> 'PAID_SERVICE'
        and (cancel_reason_code is null or cancel_reason_code <> all($4))
      group by building_id, trade_code, problem_code
      order by count desc, building_id nulls last, trade_code, problem_code`,
    [communityId, from, to, noDamageReasons],
  );
}

/** Orders completed in a range of time, for the weekly sample (A242). */
export async function completedBetween(tx: Tx, communityId: string, from: Date, to: Date): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    'select id from work_order where community_id = $1 and completed_at >= $2 and completed_at < $3 order by id',
    [communityId, from, to],
  );
  return found.map(({ id }) => id);
}
