import { rows, type Tx } from '@steward/db';

import type { WorkOrder } from '../domain/work-order.ts';
import { workOrderEntity } from './work-order-entities.ts';

/** Where a member of staff has posts or orders, past ones included. */
export async function communitiesOfWork(tx: Tx, staffId: string): Promise<string[]> {
  const found = await rows<{ communityId: string }>(
    tx,
    `select p.community_id as "communityId" from staff_post_reference p
       join community_reference c on c.id = p.community_id
      where p.staff_id = $1
     union
     select w.community_id from work_order w
      where w.assignee_id = $1 and w.status in ('ASSIGNED', 'ON_SITE', 'PAUSED')`,
    [staffId],
  );
  return found.map(({ communityId }) => communityId);
}

/** The orders of a member of staff whose work is not done, locked in the order of their ids. */
export const lockOpenOrdersOf = (tx: Tx, staffId: string, communityId: string): Promise<WorkOrder[]> =>
  tx
    .createQueryBuilder(workOrderEntity, 'w')
    .setLock('pessimistic_write')
    .where('w.assigneeId = :staffId and w.communityId = :communityId', { staffId, communityId })
    .andWhere(`w.status in ('ASSIGNED', 'ON_SITE', 'PAUSED')`)
    .orderBy('w.id')
    .getMany();
