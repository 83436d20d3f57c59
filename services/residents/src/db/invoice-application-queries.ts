import type { Tx } from '@steward/db';
import type { Order } from '@steward/service-kit';
import { In } from 'typeorm';

import type { InvoiceApplicationFilter, InvoiceApplicationOrder } from '../graphql/generated.ts';
import { invoiceApplicationEntity } from './invoice-application-entities.ts';

export const invoiceApplicationOrders: Record<InvoiceApplicationOrder, Order> = {
  CREATED_AT_DESC: { property: 'createdAt', direction: 'DESC' },
};

export function invoiceApplicationQuery(tx: Tx, filter: InvoiceApplicationFilter) {
  const query = tx.createQueryBuilder(invoiceApplicationEntity, 'i');
  if (filter.communityId != null) query.andWhere('i.community_id = :communityId', { communityId: filter.communityId });
  if (filter.householdId != null) query.andWhere('i.household_id = :householdId', { householdId: filter.householdId });
  if (filter.status != null) query.andWhere('i.status = any(:status)', { status: filter.status });
  return query;
}

/** Whether an invoice of the charge was issued or asked for. */
export const isChargeInvoiced = (tx: Tx, chargeId: string): Promise<boolean> =>
  tx.existsBy(invoiceApplicationEntity, { chargeId, status: In(['REQUESTED', 'ISSUED']) });
