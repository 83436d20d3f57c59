import {
  cashierSessionDeadlines,
  cashMonthDeadlines,
  doorCollectionDeadlines,
  dunningCaseDeadlines,
  safeCheckDeadlines,
} from '@steward/events';
import { defineAggregate } from '@steward/service-kit';

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
import { cashierSessionEntity, cashMonthEntity, safeCheckEntity, safeMovementEntity } from './cash-entities.ts';
import { subjectOfClaim, subjectOfCommunity, subjectOfHousehold } from './counter-subject-queries.ts';
import { doorCollectionEntity, paymentEntity } from './payment-entities.ts';
import {
  dunningCaseEntity,
  expenditureEntity,
  expenseClaimEntity,
  providerPaymentEntity,
  refundEntity,
} from './refund-entities.ts';

const householdList = { households: ({ row }: { row: string }, ids: string) => `${row}.household_id = any(${ids})` };

export const paymentAggregate = defineAggregate<Payment>({
  type: 'payment',
  table: 'payment',
  graphqlType: 'Payment',
  entity: paymentEntity,
  subject: subjectOfHousehold,
  listSubject: householdList,
});

export const doorCollectionAggregate = defineAggregate<DoorCollection>({
  type: 'door-collection',
  table: 'door_collection',
  graphqlType: 'DoorCollection',
  entity: doorCollectionEntity,
  deadlines: doorCollectionDeadlines,
  sealed: ['contactNameSealed', 'contactNameMasked'],
  subject: subjectOfHousehold,
  listSubject: householdList,
});

export const cashierSessionAggregate = defineAggregate<CashierSession>({
  type: 'cashier-session',
  table: 'cashier_session',
  graphqlType: 'CashierSession',
  entity: cashierSessionEntity,
  deadlines: cashierSessionDeadlines,
  subject: subjectOfCommunity,
});

export const safeCheckAggregate = defineAggregate<SafeCheck>({
  type: 'safe-check',
  table: 'safe_check',
  graphqlType: 'SafeCheck',
  entity: safeCheckEntity,
  deadlines: safeCheckDeadlines,
  subject: subjectOfCommunity,
});

export const safeMovementAggregate = defineAggregate<SafeMovement>({
  type: 'safe-movement',
  table: 'safe_movement',
  graphqlType: 'SafeMovement',
  entity: safeMovementEntity,
  subject: subjectOfCommunity,
});

export const cashMonthAggregate = defineAggregate<CashMonth>({
  type: 'cash-month',
  table: 'cash_month',
  graphqlType: 'CashMonth',
  entity: cashMonthEntity,
  deadlines: cashMonthDeadlines,
  subject: subjectOfCommunity,
});

export const refundAggregate = defineAggregate<Refund>({
  type: 'refund',
  table: 'refund',
  graphqlType: 'Refund',
  entity: refundEntity,
  subject: subjectOfHousehold,
  listSubject: householdList,
});

export const expenseClaimAggregate = defineAggregate<ExpenseClaim>({
  type: 'expense-claim',
  table: 'expense_claim',
  graphqlType: 'ExpenseClaim',
  entity: expenseClaimEntity,
  sealed: ['purposeSealed'],
  subject: subjectOfClaim,
  listSubject: { staff: ({ row }, id) => `${row}.claimant_id = ${id}` },
});

export const expenditureAggregate = defineAggregate<Expenditure>({
  type: 'expenditure',
  table: 'expenditure',
  graphqlType: 'Expenditure',
  entity: expenditureEntity,
  sealed: ['payeeSealed'],
  subject: subjectOfCommunity,
});

export const dunningCaseAggregate = defineAggregate<DunningCase>({
  type: 'dunning-case',
  table: 'dunning_case',
  graphqlType: 'DunningCase',
  entity: dunningCaseEntity,
  deadlines: dunningCaseDeadlines,
  subject: subjectOfCommunity,
});

export const providerPaymentAggregate = defineAggregate<ProviderPayment>({
  type: 'provider-payment',
  table: 'provider_payment',
  graphqlType: 'ProviderPayment',
  entity: providerPaymentEntity,
  subject: subjectOfHousehold,
  listSubject: householdList,
});

/** Aggregates of this area. */
export const counterAggregates = [
  paymentAggregate,
  doorCollectionAggregate,
  cashierSessionAggregate,
  safeCheckAggregate,
  safeMovementAggregate,
  cashMonthAggregate,
  refundAggregate,
  expenseClaimAggregate,
  expenditureAggregate,
  dunningCaseAggregate,
  providerPaymentAggregate,
];
