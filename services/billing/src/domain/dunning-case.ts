import type { DunningCause, DunningMeasure } from './dunning-rules.ts';

/** A debt that is overdue, with what is done about it 催缴 (A078). */
export type DunningCase = {
  id: string;
  tenantId: string;
  communityId: string;
  number: string;
  version: number;
  createdAt: Date;
  status: 'LISTED' | 'REMINDED' | 'LETTER_SENT' | 'VISITED' | 'LEGAL' | 'SETTLED';
  billingAccountId: string;
  unitId: string | null;
  householdId: string | null;
  currency: string;
  listedOn: string;
  /** Overdue when it was listed. */
  listedAmount: number;
  oldestDueOn: string;
  cause: DunningCause | null;
  measure: DunningMeasure | null;
  firstRemindedAt: Date | null;
  letterDueAt: Date | null;
  letterSentAt: Date | null;
  trackingNumber: string | null;
  visitedAt: Date | null;
  legalAt: Date | null;
  settledAt: Date | null;
};

/** What was done about a debt, with its proof; kept for ever. */
export type DunningStep = {
  id: string;
  tenantId: string;
  caseId: string;
  kind: 'REMINDER' | 'LETTER' | 'VISIT' | 'LEGAL';
  channel: 'PHONE' | 'SMS' | 'EXPRESS_MAIL' | 'IN_PERSON' | 'COURT';
  occurredAt: Date;
  amount: number;
  payBy: string | null;
  periodFrom: string | null;
  periodTo: string | null;
  trackingNumber: string | null;
  proofFileIds: string[];
  noteSealed: string | null;
  staffId: string | null;
};
