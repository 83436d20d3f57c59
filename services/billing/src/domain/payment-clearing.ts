import type { ClearingPlace } from './clearing-rules.ts';

/** That the money of a payment has come, or never will 到账/退票. */
export type PaymentClearing = {
  id: string;
  tenantId: string;
  communityId: string;
  paymentId: string;
  outcome: 'CLEARED' | 'BOUNCED';
  place: ClearingPlace;
  clearedOn: string;
  /** Of the bank: its statement, or the slip that a cheque came back with. */
  bankReference: string | null;
  /** What the acquirer kept of it. */
  withheldAmount: number;
  proofFileIds: string[];
  /** The transaction of the ledger; null where nothing moved. */
  transactionId: string | null;
  /** The payment that paid a signed bill; null for what stood to the payer's good, and for every other place. */
  paidByPaymentId: string | null;
  enteredBy: string;
  enteredAt: Date;
  takenBackAt: Date | null;
};
