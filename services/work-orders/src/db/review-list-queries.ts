import type { Tx } from '@steward/db';
import { whereEach, type Order } from '@steward/service-kit';
import type { SelectQueryBuilder } from 'typeorm';

import type { PaidService } from '../domain/quote-rules.ts';
import type { WorkOrderMonthlyReport, WorkOrderSample } from '../domain/review.ts';
import type {
  PaidServiceFilter,
  PaidServiceOrder,
  WorkOrderMonthlyReportFilter,
  WorkOrderMonthlyReportOrder,
  WorkOrderSampleFilter,
  WorkOrderSampleOrder,
} from '../graphql/generated.ts';
import { paidServiceEntity, workOrderMonthlyReportEntity, workOrderSampleEntity } from './review-entities.ts';

export const sampleOrders: Record<WorkOrderSampleOrder, Order> = {
  WEEK_DESC: { property: 'weekStartsOn', direction: 'DESC' },
  WEEK_ASC: { property: 'weekStartsOn', direction: 'ASC' },
};

export const reportOrders: Record<WorkOrderMonthlyReportOrder, Order> = {
  MONTH_DESC: { property: 'month', direction: 'DESC' },
  MONTH_ASC: { property: 'month', direction: 'ASC' },
};

export const serviceOrders: Record<PaidServiceOrder, Order> = { NUMBER: { property: 'number', direction: 'ASC' } };

/** Samples of communities; null for all of the company. */
export function samplesQuery(
  tx: Tx,
  { status }: WorkOrderSampleFilter,
  communities: string[] | null,
): SelectQueryBuilder<WorkOrderSample> {
  return whereEach(tx.createQueryBuilder(workOrderSampleEntity, 's'), { communityId: communities, status });
}

/** Monthly reports of communities; null for all of the company. */
export function reportsQuery(
  tx: Tx,
  { status, month }: WorkOrderMonthlyReportFilter,
  communities: string[] | null,
): SelectQueryBuilder<WorkOrderMonthlyReport> {
  const query = tx.createQueryBuilder(workOrderMonthlyReportEntity, 'r');
  return whereEach(query, { communityId: communities, status, month });
}

/** Paid services on offer in communities; null for all of the company. */
export function servicesQuery(
  tx: Tx,
  { tradeCode, departmentCode }: PaidServiceFilter,
  communities: string[] | null,
): SelectQueryBuilder<PaidService> {
  const offered = tx.createQueryBuilder(paidServiceEntity, 'p').where('p.retiredAt is null');
  return whereEach(offered, { communityId: communities, tradeCode, departmentCode });
}
