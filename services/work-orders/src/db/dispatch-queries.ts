import { rows, txScope, type Tx } from '@steward/db';

import type { Candidate } from '../domain/dispatch-rules.ts';
import type { WorkOrder } from '../domain/work-order.ts';

/**
 * Staff of the order's department in its community who are fit for its trade, with their load: orders given to them
 * whose work is not done. Ranking them is the domain's.
 */
export const findCandidates = (tx: Tx, order: WorkOrder, day: string): Promise<Candidate[]> =>
  rows<Candidate>(
    tx,
    `select s.id as "staffId", $4 = any(s.trade_codes) as "isOfTrade",
            coalesce(s.on_duty_from <= $5 and (s.on_duty_to is null or s.on_duty_to > $5), false) as "isOnDuty",
            (select count(*) from work_order w
              where w.assignee_id = s.id and w.status in ('ASSIGNED', 'ON_SITE', 'PAUSED')) as "openOrderCount"
       from staff_reference s
      where (s.left_on is null or s.left_on > $3)
        and s.trade_codes && array[$4, 'GENERAL']
        and exists (select 1 from staff_post_reference p
                     where p.staff_id = s.id and p.community_id = $1 and p.department_code = $2
                       and p.valid_from <= $3 and (p.valid_to is null or p.valid_to > $3))`,
    [order.communityId, order.departmentCode, day, order.tradeCode, txScope(tx).now],
  );
