export type ChargeStatus = 'OPEN' | 'SETTLED' | 'REVERSED';

/** The aggregate that something is charged for or posted by: another service's, or one of ours (`billing`). */
export type Cause = { service: string; aggregateType: string; id: string };

/** What a billing account owes for one thing. What is left of it follows from its postings alone. */
export type Charge = {
  id: string;
  tenantId: string;
  communityId: string;
  number: string;
  /** 0 until the first fact about it: charges of a run are told by the run. */
  version: number;
  createdAt: Date;
  billingAccountId: string;
  unitId: string | null;
  householdId: string | null;
  chargeTypeCode: string;
  /** With tax, in minor units of `currency`. */
  amount: number;
  taxAmount: number;
  currency: string;
  /** The day of the books it belongs to, in the zone of the community. */
  occurredOn: string;
  /** Last day in time; null: at once. */
  dueOn: string | null;
  /** The days it is for, half-open; null for what has no period. */
  periodFrom: string | null;
  periodTo: string | null;
  status: ChargeStatus;
  settledAt: Date | null;
  reversedAt: Date | null;
  reasonCode: string | null;
  receiptNumber: string | null;
  causeService: string;
  causeType: string;
  causeId: string;
  runId: string | null;
};

/** A charge with what is left of it; negative: so much is owed back. */
export type OpenCharge = Charge & { outstanding: number };

/** A line of the fee that another service agreed. */
export type ChargeServiceLine = {
  id: string;
  tenantId: string;
  chargeId: string;
  position: number;
  serviceCode: string;
  quantity: string;
  unit: string;
  unitPriceAmount: number;
  amount: number;
};
