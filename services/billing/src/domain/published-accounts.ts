import type { LedgerAccountType } from './ledger.ts';

/** Income and expenditure of closed months as they were made public. */
export type PublishedAccounts = {
  id: string;
  tenantId: string;
  communityId: string;
  number: string;
  version: number;
  createdAt: Date;
  startsOn: string;
  endsOn: string;
  currency: string;
  height: number;
  hash: Buffer;
};

export type PublishedFigure = {
  id: string;
  tenantId: string;
  publishedAccountsId: string;
  position: number;
  accountType: LedgerAccountType;
  chargeTypeCode: string | null;
  amount: number;
};

/** What is planned for an account; income and costs are both positive. */
export type BudgetLine = { accountType: 'REVENUE' | 'EXPENSE'; code: string; amount: number };

export type AnnualBudget = {
  id: string;
  tenantId: string;
  communityId: string;
  number: string;
  version: number;
  createdAt: Date;
  status: 'DRAFT' | 'APPROVED';
  year: number;
  currency: string;
  lines: BudgetLine[];
  approvedAt: Date | null;
  approvedBy: string | null;
};
