import type { Tx } from '@steward/db';

import type { PaidService } from '../domain/quote-rules.ts';
import type { CodeKind, WorkOrderCode } from '../domain/work-order-catalog.ts';
import { paidServiceEntity, workOrderCodeEntity } from './review-entities.ts';

/** The codes that a community added, retired ones included. */
export const addedCodes = (tx: Tx, communityId: string): Promise<WorkOrderCode[]> =>
  tx
    .createQueryBuilder(workOrderCodeEntity, 'c')
    .where('c.communityId = :communityId', { communityId })
    .orderBy('c.number')
    .getMany();

export const lockCode = (
  tx: Tx,
  key: { communityId: string; kind: CodeKind; code: string },
): Promise<WorkOrderCode | null> =>
  tx
    .createQueryBuilder(workOrderCodeEntity, 'c')
    .setLock('pessimistic_write')
    .where('c.communityId = :communityId and c.kind = :kind and c.number = :code', key)
    .getOne();

/** The paid services on offer in a community, by code. */
export const offeredServices = (tx: Tx, communityId: string): Promise<PaidService[]> =>
  tx
    .createQueryBuilder(paidServiceEntity, 's')
    .where('s.communityId = :communityId and s.retiredAt is null', { communityId })
    .orderBy('s.number')
    .getMany();

export const lockService = (tx: Tx, key: { communityId: string; code: string }): Promise<PaidService | null> =>
  tx
    .createQueryBuilder(paidServiceEntity, 's')
    .setLock('pessimistic_write')
    .where('s.communityId = :communityId and s.number = :code', key)
    .getOne();
