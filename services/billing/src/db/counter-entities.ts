import { column, defineEntity } from '@steward/db';

import { cashEntities } from './cash-entities.ts';
import { paymentEntities } from './payment-entities.ts';
import { refundEntities } from './refund-entities.ts';

/** The next place of a receipt book. */
const receiptBookEntity = defineEntity<{ tenantId: string; communityId: string; prefix: string; nextSequence: number }>(
  {
    name: 'ReceiptBook',
    table: 'receipt_book',
    columns: {
      tenantId: column.id(),
      communityId: column.id(),
      prefix: { ...column.text(), primary: true },
      nextSequence: column.int(),
    },
  },
);

/** A paper that was made of something. */
export type PrintedDocument = {
  id: string;
  tenantId: string;
  aggregateId: string;
  kind: string;
  copy: number;
  fileId: string;
  printedAt: Date;
  printedBy: string;
};

export const printedDocumentEntity = defineEntity<PrintedDocument>({
  name: 'PrintedDocument',
  table: 'printed_document',
  columns: {
    id: column.id(),
    tenantId: column.uuid(),
    aggregateId: column.uuid(),
    kind: column.text(),
    copy: column.int(),
    fileId: column.uuid(),
    printedAt: column.instant(),
    printedBy: column.text(),
  },
});

/** A community's account at the provider. */
export type ProviderAccount = {
  communityId: string;
  tenantId: string;
  appId: string;
  merchantId: string;
  serialNumber: string;
  privateKeySealed: string;
  apiKeySealed: string;
  /** The provider's own address, or a simulated one on this machine. */
  apiOrigin: string;
  /** Where the provider reaches us. */
  notifyOrigin: string;
  setAt: Date;
};

export const providerAccountEntity = defineEntity<ProviderAccount>({
  name: 'ProviderAccount',
  table: 'provider_account',
  columns: {
    communityId: column.id(),
    tenantId: column.uuid(),
    appId: column.text(),
    merchantId: column.text(),
    serialNumber: column.text(),
    privateKeySealed: column.text(),
    apiKeySealed: column.text(),
    apiOrigin: column.text(),
    notifyOrigin: column.text(),
    setAt: column.instant(),
  },
});

/** A merchant's account that a community had before. */
export type FormerProviderAccount = ProviderAccount & { untilAt: Date };

export const formerProviderAccountEntity = defineEntity<FormerProviderAccount>({
  name: 'FormerProviderAccount',
  table: 'provider_former_account',
  columns: {
    communityId: column.id(),
    merchantId: { ...column.text(), primary: true },
    tenantId: column.uuid(),
    appId: column.text(),
    serialNumber: column.text(),
    privateKeySealed: column.text(),
    apiKeySealed: column.text(),
    apiOrigin: column.text(),
    notifyOrigin: column.text(),
    setAt: column.instant(),
    untilAt: column.instant(),
  },
});

/** A difference between the provider's day and ours. */
export type BillDifference = {
  reason: 'NOT_OURS' | 'NOT_THEIRS' | 'AMOUNT';
  number: string;
  ours: number;
  theirs: number;
};

export type ProviderBill = {
  tenantId: string;
  communityId: string;
  onDay: string;
  lineCount: number;
  paidAmount: number;
  refundedAmount: number;
  feeAmount: number;
  differences: BillDifference[];
  comparedAt: Date;
};

export const providerBillEntity = defineEntity<ProviderBill>({
  name: 'ProviderBill',
  table: 'provider_bill',
  columns: {
    tenantId: column.id(),
    communityId: column.id(),
    onDay: { ...column.date(), primary: true },
    lineCount: column.int(),
    paidAmount: column.bigint(),
    refundedAmount: column.bigint(),
    feeAmount: column.bigint(),
    differences: column.json(),
    comparedAt: column.instant(),
  },
});

/** Tables of this area. */
export const counterEntities = [
  ...paymentEntities,
  ...cashEntities,
  ...refundEntities,
  receiptBookEntity,
  printedDocumentEntity,
  providerAccountEntity,
  formerProviderAccountEntity,
  providerBillEntity,
];
