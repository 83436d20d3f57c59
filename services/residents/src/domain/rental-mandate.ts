export type RentalMandateKind = 'RENTAL' | 'SALE';
export type RentalMandateStatus = 'DRAFT' | 'ACTIVE' | 'CLOSED' | 'WITHDRAWN' | 'LAPSED';
export type MandateCommissionState = 'NONE' | 'REQUESTED' | 'RAISED' | 'SETTLED' | 'REVERSED';

/** What an owner, or the developer for a vacant unit, has the company let or sell (A226). */
export type RentalMandate = {
  id: string;
  tenantId: string;
  communityId: string;
  number: string;
  version: number;
  createdAt: Date;
  kind: RentalMandateKind;
  status: RentalMandateStatus;
  unitId: string;
  /** Exactly one of the two is set. */
  householdId: string | null;
  developerId: string | null;
  /** A month's rent or the price, in minor units. */
  askingAmount: number;
  currency: string;
  commissionShare: string;
  leastMonths: number | null;
  validTo: string;
  signedAt: Date | null;
  mandateFileId: string | null;
  agreedAmount: number | null;
  concludedOn: string | null;
  contractFileId: string | null;
  commissionAmount: number | null;
  commissionState: MandateCommissionState;
  chargeId: string | null;
  reasonCode: string | null;
};
