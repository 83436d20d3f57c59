import type { Tx } from '@steward/db';
import type { SelectQueryBuilder } from 'typeorm';

import type { WorkOrderMonthlyReport, WorkOrderSample } from '../domain/review.ts';
import { workOrderMonthlyReportEntity, workOrderSampleEntity } from './review-entities.ts';

/** Samples of a community; nothing for one out of the viewer's reach. */
export const samplesQuery = (tx: Tx, communityId: string): SelectQueryBuilder<WorkOrderSample> =>
  tx.createQueryBuilder(workOrderSampleEntity, 's').where('s.communityId = :communityId', { communityId });

/** Monthly reports of a community. */
export const reportsQuery = (tx: Tx, communityId: string): SelectQueryBuilder<WorkOrderMonthlyReport> =>
  tx.createQueryBuilder(workOrderMonthlyReportEntity, 'r').where('r.communityId = :communityId', { communityId });
