export type ApportionmentStatus = 'DRAFT' | 'CONFIRMED' | 'DISCARDED' | 'REVERSED';

/**
 * By what a common cost is shared out: built area, one for each household, equally among the sections and the units in
 * each, what meters counted in the period, a formula, weights that are given (departments of staff meals).
 */
export type ApportionmentBasis = 'AREA' | 'HOUSEHOLD' | 'SECTION' | 'USE' | 'FORMULA' | 'GIVEN';

export type Apportionment = {
  id: string;
  tenantId: string;
  communityId: string;
  number: string;
  version: number;
  createdAt: Date;
  status: ApportionmentStatus;
  chargeTypeCode: string;
  basis: ApportionmentBasis;
  formula: string | null;
  /** The part of the property tree that shares; null: the whole community. */
  placeId: string | null;
  periodFrom: string;
  periodTo: string;
  totalAmount: number;
  currency: string;
  bearerCount: number;
  /** Of all bearers, weights and shares in order: the same inputs give it again. */
  sharesSha256: string;
  draftedBy: string;
  confirmedBy: string | null;
  confirmedAt: Date | null;
};
