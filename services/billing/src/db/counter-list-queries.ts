import type { Tx } from '@steward/db';
import type { Order } from '@steward/service-kit';
import type { SelectQueryBuilder } from 'typeorm';

import type { CashMonth } from '../domain/cash-month.ts';
import type { CashierSession } from '../domain/cashier-session.ts';
import type { DoorCollection } from '../domain/door-collection.ts';
import type { DunningCase } from '../domain/dunning-case.ts';
import type { Expenditure } from '../domain/expenditure.ts';
import type { ExpenseClaim } from '../domain/expense-claim.ts';
import type { Payment } from '../domain/payment.ts';
import type { ProviderPayment } from '../domain/provider-payment.ts';
import type { Refund } from '../domain/refund.ts';
import type { SafeCheck } from '../domain/safe-check.ts';
import type { SafeMovement } from '../domain/safe.ts';
import type {
  CashMonthFilter,
  CashMonthOrder,
  CashierSessionFilter,
  CashierSessionOrder,
  DoorCollectionFilter,
  DoorCollectionOrder,
  DunningCaseFilter,
  DunningCaseOrder,
  ExpenditureFilter,
  ExpenditureOrder,
  ExpenseClaimFilter,
  ExpenseClaimOrder,
  PaymentFilter,
  PaymentOrder,
  ProviderPaymentFilter,
  ProviderPaymentOrder,
  RefundFilter,
  RefundOrder,
  SafeCheckFilter,
  SafeCheckOrder,
  SafeMovementFilter,
  SafeMovementOrder,
} from '../graphql/generated.ts';
import { cashMonthEntity, cashierSessionEntity, safeCheckEntity, safeMovementEntity } from './cash-entities.ts';
import { doorCollectionEntity, paymentEntity } from './payment-entities.ts';
import {
  dunningCaseEntity,
  expenditureEntity,
  expenseClaimEntity,
  providerPaymentEntity,
  refundEntity,
} from './refund-entities.ts';
import { whereEach } from './charge-list-queries.ts';

export const paymentOrders: Record<PaymentOrder, Order> = {
  RECEIVED_AT_DESC: { property: 'receivedAt', direction: 'DESC' },
  RECEIVED_AT_ASC: { property: 'receivedAt', direction: 'ASC' },
};
export function paymentsQuery(tx: Tx, { isCleared, ...filter }: PaymentFilter): SelectQueryBuilder<Payment> {
  const found = whereEach(tx.createQueryBuilder(paymentEntity, 'r'), { ...filter });
  if (isCleared == null) return found;
  const standing = 'exists (select 1 from payment_clearing c where c.payment_id = r.id and c.taken_back_at is null)';
  return found.andWhere(isCleared ? standing : `not ${standing}`);
}

export const doorCollectionOrders: Record<DoorCollectionOrder, Order> = {
  APPOINTMENT_AT_DESC: { property: 'appointmentAt', direction: 'DESC' },
  APPOINTMENT_AT_ASC: { property: 'appointmentAt', direction: 'ASC' },
};
export const doorCollectionsQuery = (tx: Tx, filter: DoorCollectionFilter): SelectQueryBuilder<DoorCollection> =>
  whereEach(tx.createQueryBuilder(doorCollectionEntity, 'r'), { ...filter });

export const cashierSessionOrders: Record<CashierSessionOrder, Order> = {
  OPENED_AT_DESC: { property: 'openedAt', direction: 'DESC' },
  OPENED_AT_ASC: { property: 'openedAt', direction: 'ASC' },
};
export const cashierSessionsQuery = (tx: Tx, filter: CashierSessionFilter): SelectQueryBuilder<CashierSession> =>
  whereEach(tx.createQueryBuilder(cashierSessionEntity, 'r'), { ...filter });

export const safeCheckOrders: Record<SafeCheckOrder, Order> = {
  CHECKED_ON_DESC: { property: 'checkedOn', direction: 'DESC' },
  CHECKED_ON_ASC: { property: 'checkedOn', direction: 'ASC' },
};
export const safeChecksQuery = (tx: Tx, filter: SafeCheckFilter): SelectQueryBuilder<SafeCheck> =>
  whereEach(tx.createQueryBuilder(safeCheckEntity, 'r'), { ...filter });

export const safeMovementOrders: Record<SafeMovementOrder, Order> = {
  CREATED_AT_DESC: { property: 'createdAt', direction: 'DESC' },
  CREATED_AT_ASC: { property: 'createdAt', direction: 'ASC' },
};
export const safeMovementsQuery = (tx: Tx, filter: SafeMovementFilter): SelectQueryBuilder<SafeMovement> =>
  whereEach(tx.createQueryBuilder(safeMovementEntity, 'r'), { ...filter });

export const cashMonthOrders: Record<CashMonthOrder, Order> = {
  MONTH_DESC: { property: 'month', direction: 'DESC' },
  MONTH_ASC: { property: 'month', direction: 'ASC' },
};
export const cashMonthsQuery = (tx: Tx, filter: CashMonthFilter): SelectQueryBuilder<CashMonth> =>
  whereEach(tx.createQueryBuilder(cashMonthEntity, 'r'), { ...filter });

export const refundOrders: Record<RefundOrder, Order> = {
  CREATED_AT_DESC: { property: 'createdAt', direction: 'DESC' },
  CREATED_AT_ASC: { property: 'createdAt', direction: 'ASC' },
};
export const refundsQuery = (tx: Tx, filter: RefundFilter): SelectQueryBuilder<Refund> =>
  whereEach(tx.createQueryBuilder(refundEntity, 'r'), { ...filter });

export const expenseClaimOrders: Record<ExpenseClaimOrder, Order> = {
  CREATED_AT_DESC: { property: 'createdAt', direction: 'DESC' },
  CREATED_AT_ASC: { property: 'createdAt', direction: 'ASC' },
};
export const expenseClaimsQuery = (tx: Tx, filter: ExpenseClaimFilter): SelectQueryBuilder<ExpenseClaim> =>
  whereEach(tx.createQueryBuilder(expenseClaimEntity, 'r'), { ...filter });

export const expenditureOrders: Record<ExpenditureOrder, Order> = {
  CREATED_AT_DESC: { property: 'createdAt', direction: 'DESC' },
  CREATED_AT_ASC: { property: 'createdAt', direction: 'ASC' },
};
export const expendituresQuery = (tx: Tx, filter: ExpenditureFilter): SelectQueryBuilder<Expenditure> =>
  whereEach(tx.createQueryBuilder(expenditureEntity, 'r'), { ...filter });

export const dunningCaseOrders: Record<DunningCaseOrder, Order> = {
  LISTED_ON_DESC: { property: 'listedOn', direction: 'DESC' },
  LISTED_ON_ASC: { property: 'listedOn', direction: 'ASC' },
};
export const dunningCasesQuery = (tx: Tx, filter: DunningCaseFilter): SelectQueryBuilder<DunningCase> =>
  whereEach(tx.createQueryBuilder(dunningCaseEntity, 'r'), { ...filter });

export const providerPaymentOrders: Record<ProviderPaymentOrder, Order> = {
  CREATED_AT_DESC: { property: 'createdAt', direction: 'DESC' },
  CREATED_AT_ASC: { property: 'createdAt', direction: 'ASC' },
};
export const providerPaymentsQuery = (tx: Tx, filter: ProviderPaymentFilter): SelectQueryBuilder<ProviderPayment> =>
  whereEach(tx.createQueryBuilder(providerPaymentEntity, 'r'), { ...filter });
