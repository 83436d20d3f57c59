import type { LedgerAccountType } from './ledger.ts';

/** A posting with its transaction, block and account, as it is shown. */
export type PostingView = {
  transactionId: string;
  line: number;
  communityId: string;
  kind: string;
  occurredOn: string;
  postedAt: Date;
  blockHeight: number;
  accountType: LedgerAccountType;
  chargeTypeCode: string | null;
  billingAccountId: string | null;
  amountMinor: number;
  currency: string;
  chargeId: string | null;
  causeService: string;
  causeType: string;
  causeId: string;
  reversesId: string | null;
};
