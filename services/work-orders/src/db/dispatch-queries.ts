import { rows, txScope, type Tx } from '@steward/db';

import type { Candidate } from '../domain/dispatch-rules.ts';
import type { WorkOrder } from '../domain/work-order.ts';

/** What of an order decides who can carry it out. */
type Wanted = Pick<WorkOrder, 'communityId' | 'departmentCode' | 'tradeCode'>;

const keyOf = ({ communityId, departmentCode, tradeCode }: Wanted): string =>
  JSON.stringify([communityId, departmentCode, tradeCode]);

/**
 * Who repairs in the department and community and is fit for the trade, on the day it is there, with their load: orders
 * given to them whose work is not done.
 */
const candidatesOf = `
  select k.community_id as "communityId", k.department_code as "departmentCode", k.trade_code as "tradeCode",
         s.id as "staffId", k.trade_code = any(s.trade_codes) as "isOfTrade",
         coalesce(s.on_duty_from <= $4 and (s.on_duty_to is null or s.on_duty_to > $4), false) as "isOnDuty",
         (select count(*) from work_order w
           where w.assignee_id = s.id and w.status in ('ASSIGNED', 'ON_SITE', 'PAUSED')) as "openOrderCount"
    from (select distinct * from unnest($1::uuid[], $2::text[], $3::text[])
                                 as wanted(community_id, department_code, trade_code)) k
    join community_reference c on c.id = k.community_id
   cross join lateral (select ($4::timestamptz at time zone c.time_zone)::date as day) d
    join staff_reference s on (s.left_on is null or s.left_on > d.day)
     and (k.trade_code = any(s.trade_codes) or (k.trade_code = 'GENERAL' and cardinality(s.trade_codes) > 0))
   where exists (select 1 from staff_post_reference p
                  where p.staff_id = s.id and p.community_id = k.community_id
                    and p.department_code = k.department_code and p.role = any($5)
                    and p.valid_from <= d.day and (p.valid_to is null or p.valid_to > d.day))`;

/** The candidates of each order by its id, in one statement; ranking them is the domain's. `roles`: of their posts. */
export async function findCandidatesOf(
  tx: Tx,
  orders: readonly WorkOrder[],
  roles: readonly string[],
): Promise<Map<string, Candidate[]>> {
  const found = await rows<Candidate & Wanted>(tx, candidatesOf, [
    orders.map(({ communityId }) => communityId),
    orders.map(({ departmentCode }) => departmentCode),
    orders.map(({ tradeCode }) => tradeCode),
    txScope(tx).now,
    roles,
  ]);
  const byKey = Map.groupBy(found, keyOf);
  const candidatesFor = (order: WorkOrder): Candidate[] =>
    (byKey.get(keyOf(order)) ?? []).map(({ staffId, isOfTrade, isOnDuty, openOrderCount }) => ({
      staffId,
      isOfTrade,
      isOnDuty,
      openOrderCount,
    }));
  return new Map(orders.map((order) => [order.id, candidatesFor(order)]));
}

export const findCandidates = async (tx: Tx, order: WorkOrder, roles: readonly string[]): Promise<Candidate[]> =>
  (await findCandidatesOf(tx, [order], roles)).get(order.id) ?? [];
