import type { Tier, TierSpan } from './line-rules.ts';

export type TariffStatus = 'DRAFT' | 'APPROVED' | 'WITHDRAWN';

/** What a tariff multiplies: built area, one per unit, what a meter counts, one per household, its members, a formula. */
export type TariffMethod = 'AREA' | 'FIXED' | 'METER' | 'HOUSEHOLD' | 'PERSON' | 'FORMULA';

export type Tariff = {
  id: string;
  tenantId: string;
  communityId: string;
  number: string;
  version: number;
  createdAt: Date;
  status: TariffStatus;
  chargeTypeCode: string;
  method: TariffMethod;
  /** Minor units per month and unit of quantity; null for tiers. */
  rate: string | null;
  tiers: Tier[];
  /** The time whose use goes through the tiers together, and for which their limits are. */
  tierSpan: TierSpan;
  formula: string | null;
  /** Uses of units it holds for; empty: all. */
  unitUsages: string[];
  taxRate: string;
  isTaxIncluded: boolean;
  /** The paper by which the authority allowed it: its number, who issued it and when. */
  documentNumber: string;
  documentIssuer: string;
  documentIssuedOn: string;
  validFrom: string;
  validTo: string | null;
  draftedBy: string;
  approvedBy: string | null;
  approvedAt: Date | null;
};
