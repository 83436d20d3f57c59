import type { ConfirmationItem, PaymentMeans } from './counter-policy.ts';

/** Money that was taken 收款, with its receipt. */
export type Payment = {
  id: string;
  tenantId: string;
  communityId: string;
  number: string;
  version: number;
  createdAt: Date;
  status: 'RECEIVED' | 'VOIDED';
  billingAccountId: string;
  unitId: string | null;
  householdId: string | null;
  means: PaymentMeans;
  amount: number;
  currency: string;
  /** What the payer handed over; null for what is no cash. */
  tendered: number | null;
  changeGiven: number;
  /** Number of a cheque, slip or transfer. */
  reference: string | null;
  /** Of the five things (A075). */
  confirmed: ConfirmationItem[];
  proofFileIds: string[];
  receivedAt: Date;
  sessionId: string | null;
  /** What stands to the good of the payer. */
  advanceAmount: number;
  /** The prepaid meter that all of it went onto; null for what pays debts. */
  meterId: string | null;
  receiptId: string;
  /** The transaction of the ledger. */
  transactionId: string;
  voidedAt: Date | null;
  voidReason: string | null;
};

/** A part of a payment put against a charge. */
export type PaymentAllocation = {
  id: string;
  tenantId: string;
  paymentId: string;
  chargeId: string;
  chargeTypeCode: string;
  amount: number;
};
