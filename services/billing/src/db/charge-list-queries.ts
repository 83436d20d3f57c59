import type { Tx } from '@steward/db';
import type { Order } from '@steward/service-kit';
import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';

import type { BillingAccount } from '../domain/billing-account.ts';
import type { Charge } from '../domain/charge.ts';
import type { BillingAccountFilter, BillingAccountOrder, ChargeFilter, ChargeOrder } from '../graphql/generated.ts';
import { billingAccountEntity, chargeEntity } from './charge-entities.ts';

export const billingAccountOrders: Record<BillingAccountOrder, Order> = {
  CREATED_AT_DESC: { property: 'createdAt', direction: 'DESC' },
  CREATED_AT_ASC: { property: 'createdAt', direction: 'ASC' },
};

export const chargeOrders: Record<ChargeOrder, Order> = {
  CREATED_AT_DESC: { property: 'createdAt', direction: 'DESC' },
  CREATED_AT_ASC: { property: 'createdAt', direction: 'ASC' },
};

/** Narrows a list by what is asked for; what is absent asks for nothing, a list of values for any of them. */
export function whereEach<Row extends ObjectLiteral>(
  query: SelectQueryBuilder<Row>,
  asked: Readonly<Record<string, string | boolean | readonly string[] | null | undefined>>,
): SelectQueryBuilder<Row> {
  for (const [property, value] of Object.entries(asked)) {
    if (value == null) continue;
    const condition = Array.isArray(value) ? `= any(:${property})` : `= :${property}`;
    query.andWhere(`${query.alias}.${property} ${condition}`, { [property]: value });
  }
  return query;
}

export const billingAccountsQuery = (tx: Tx, filter: BillingAccountFilter): SelectQueryBuilder<BillingAccount> =>
  whereEach(tx.createQueryBuilder(billingAccountEntity, 'b'), { ...filter });

export function chargesQuery(tx: Tx, { dueBefore, ...filter }: ChargeFilter): SelectQueryBuilder<Charge> {
  const query = whereEach(tx.createQueryBuilder(chargeEntity, 'c'), filter);
  return dueBefore == null ? query : query.andWhere('coalesce(c.due_on, c.occurred_on) < :dueBefore', { dueBefore });
}
