import { column, defineEntity } from '@steward/db';

import type { LedgerAccount, LedgerBlock, LedgerChain, LedgerPosting, LedgerTransaction } from '../domain/ledger.ts';
import { chargeEntities } from './charge-entities.ts';
import { periodEntities } from './period-entities.ts';
import { reportEntities } from './report-entities.ts';

const optional = { nullable: true };
const bytes = { type: 'bytea' as const };

export const ledgerAccountEntity = defineEntity<LedgerAccount>({
  name: 'LedgerAccount',
  table: 'ledger_account',
  columns: {
    id: column.id(),
    tenantId: column.uuid(),
    communityId: column.uuid(),
    currency: column.text(),
    type: column.text(),
    billingAccountId: column.uuid(optional),
    chargeTypeCode: column.text(optional),
    referenceId: column.uuid(optional),
  },
});

export const ledgerChainEntity = defineEntity<LedgerChain>({
  name: 'LedgerChain',
  table: 'ledger_chain',
  columns: {
    communityId: column.id(),
    tenantId: column.uuid(),
    height: column.bigint(),
    hash: bytes,
    closedTo: column.date(optional),
  },
});

export const ledgerBlockEntity = defineEntity<LedgerBlock>({
  name: 'LedgerBlock',
  table: 'ledger_block',
  columns: {
    communityId: column.id(),
    height: { ...column.bigint(), primary: true },
    tenantId: column.uuid(),
    previousHash: bytes,
    hash: bytes,
    postedAt: column.instant(),
    transactionCount: column.int(),
    postingCount: column.int(),
  },
});

export const ledgerTransactionEntity = defineEntity<LedgerTransaction>({
  name: 'LedgerTransaction',
  table: 'ledger_transaction',
  columns: {
    id: column.id(),
    tenantId: column.uuid(),
    communityId: column.uuid(),
    height: column.bigint(),
    kind: column.text(),
    occurredOn: column.date(),
    causeService: column.text(),
    causeType: column.text(),
    causeId: column.uuid(),
    reversesId: column.uuid(optional),
    postingCount: column.int(),
  },
});

export const ledgerPostingEntity = defineEntity<LedgerPosting>({
  name: 'LedgerPosting',
  table: 'ledger_posting',
  columns: {
    transactionId: column.id(),
    line: { ...column.int(), primary: true },
    tenantId: column.uuid(),
    accountId: column.uuid(),
    amount: column.bigint(),
    occurredOn: column.date(),
    chargeId: column.uuid(optional),
  },
});

/** Tables of this area. */
export const ledgerEntities = [
  ...chargeEntities,
  ledgerAccountEntity,
  ledgerChainEntity,
  ledgerBlockEntity,
  ledgerTransactionEntity,
  ledgerPostingEntity,
  ...periodEntities,
  ...reportEntities,
];
