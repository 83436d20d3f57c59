import { aggregateColumns, column, defineEntity } from '@steward/db';

import type { BookReconciliation, LedgerHead, LedgerPeriod } from '../domain/ledger-period.ts';

const bytes = { type: 'bytea' as const };

export const ledgerPeriodEntity = defineEntity<LedgerPeriod>({
  name: 'LedgerPeriod',
  table: 'ledger_period',
  columns: {
    ...aggregateColumns,
    month: column.text(),
    startsOn: column.date(),
    endsOn: column.date(),
    height: column.bigint(),
    hash: bytes,
  },
});

type PeriodBalance = { accountId: string; endsOn: string; tenantId: string; communityId: string; balance: number };

export const ledgerPeriodBalanceEntity = defineEntity<PeriodBalance>({
  name: 'LedgerPeriodBalance',
  table: 'ledger_period_balance',
  columns: {
    accountId: column.id(),
    endsOn: { ...column.date(), primary: true },
    tenantId: column.uuid(),
    communityId: column.uuid(),
    balance: column.bigint(),
  },
});

export const ledgerHeadEntity = defineEntity<LedgerHead>({
  name: 'LedgerHead',
  table: 'ledger_head',
  columns: { ...aggregateColumns, onDay: column.date(), height: column.bigint(), hash: bytes },
});

export const bookReconciliationEntity = defineEntity<BookReconciliation>({
  name: 'BookReconciliation',
  table: 'book_reconciliation',
  columns: {
    ...aggregateColumns,
    onDay: column.date(),
    checks: column.json(),
    findings: column.json(),
    isClean: column.bool(),
    isComplete: { ...column.bool(), default: true },
    comparedPostingCount: { ...column.bigint(), nullable: true },
    verifiedTo: { ...column.bigint(), nullable: true },
  },
});

export const periodEntities = [
  ledgerPeriodEntity,
  ledgerPeriodBalanceEntity,
  ledgerHeadEntity,
  bookReconciliationEntity,
];
