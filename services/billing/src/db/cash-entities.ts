import { aggregateColumns, column, defineEntity } from '@steward/db';

import type { CashMonth } from '../domain/cash-month.ts';
import type { CashEntry, CashVariance, CashierSession, TillLoan } from '../domain/cashier-session.ts';
import type { SafeCheck } from '../domain/safe-check.ts';
import type { SafeMovement } from '../domain/safe.ts';

const optional = { nullable: true };

export const cashierSessionEntity = defineEntity<CashierSession>({
  name: 'CashierSession',
  table: 'cashier_session',
  columns: {
    ...aggregateColumns,
    status: column.text(),
    cashierId: column.uuid(),
    book: column.text(),
    currency: column.text(),
    floatAmount: column.bigint(),
    takenOverFrom: column.uuid(optional),
    openedAt: column.instant(),
    expectedAmount: column.bigint(optional),
    countedAmount: column.bigint(optional),
    countedAt: column.instant(optional),
    floatLeft: column.bigint(optional),
    dropAmount: column.bigint(optional),
    dropBag: column.text(optional),
    witnessId: column.uuid(optional),
    droppedAt: column.instant(optional),
    depositSlip: column.text(optional),
    handedInAt: column.instant(optional),
    receivedBy: column.uuid(optional),
    handInPlace: column.text(optional),
  },
});

export const cashVarianceEntity = defineEntity<CashVariance>({
  name: 'CashVariance',
  table: 'cash_variance',
  columns: {
    id: column.id(),
    tenantId: column.uuid(),
    sessionId: column.uuid(),
    communityId: column.uuid(),
    foundIn: column.text(),
    kind: column.text(),
    amount: column.bigint(),
    status: column.text(),
    foundAt: column.instant(),
    madeGoodAt: column.instant(optional),
  },
});

export const cashEntryEntity = defineEntity<CashEntry>({
  name: 'CashEntry',
  table: 'cash_entry',
  columns: {
    id: column.id(),
    tenantId: column.uuid(),
    communityId: column.uuid(),
    sessionId: column.uuid(),
    kind: column.text(),
    amount: column.bigint(),
    occurredAt: column.instant(),
    causeId: column.uuid(optional),
  },
});

export const tillLoanEntity = defineEntity<TillLoan>({
  name: 'TillLoan',
  table: 'till_loan',
  columns: {
    id: column.id(),
    tenantId: column.uuid(),
    sessionId: column.uuid(),
    communityId: column.uuid(),
    status: column.text(),
    amount: column.bigint(),
    borrowerId: column.uuid(),
    purposeSealed: column.text(),
    askedBy: column.text(),
    askedAt: column.instant(),
    decidedAt: column.instant(optional),
    repaidAt: column.instant(optional),
  },
});

export const safeCheckEntity = defineEntity<SafeCheck>({
  name: 'SafeCheck',
  table: 'safe_check',
  columns: {
    ...aggregateColumns,
    status: column.text(),
    checkedOn: column.date(),
    isLocked: column.bool(optional),
    isScrambled: column.bool(optional),
    checkedBy: column.uuid(optional),
    checkedAt: column.instant(optional),
    bookAmount: column.bigint(optional),
    countedAmount: column.bigint(optional),
  },
});

export const safeMovementEntity = defineEntity<SafeMovement>({
  name: 'SafeMovement',
  table: 'safe_movement',
  columns: {
    ...aggregateColumns,
    status: column.text(),
    direction: column.text(),
    amount: column.bigint(),
    currency: column.text(),
    reference: column.text(),
    proofFileIds: column.uuids(),
    recordedBy: column.text(),
    recordedByStaff: column.uuid(),
    decidedByStaff: column.uuid(optional),
    decidedAt: column.instant(optional),
    transactionId: column.uuid(),
  },
});

export const cashMonthEntity = defineEntity<CashMonth>({
  name: 'CashMonth',
  table: 'cash_month',
  columns: {
    ...aggregateColumns,
    status: column.text(),
    month: column.text(),
    currency: column.text(),
    openingAmount: column.bigint(optional),
    receivedAmount: column.bigint(optional),
    paidOutAmount: column.bigint(optional),
    closingAmount: column.bigint(optional),
    receiptCount: column.int(optional),
    closedAt: column.instant(optional),
    closedBy: column.uuid(optional),
  },
});

export const cashEntities = [
  cashierSessionEntity,
  cashVarianceEntity,
  cashEntryEntity,
  tillLoanEntity,
  safeCheckEntity,
  safeMovementEntity,
  cashMonthEntity,
];
