export type MeterKind = 'WATER' | 'ELECTRICITY' | 'HOT_WATER' | 'GAS' | 'HEAT';

export type Meter = {
  id: string;
  tenantId: string;
  communityId: string;
  /** The number on its plate. */
  number: string;
  version: number;
  createdAt: Date;
  kind: MeterKind;
  chargeTypeCode: string;
  /** The unit it counts for; null: common. */
  unitId: string | null;
  /** Digits before the point; after the last number it begins at zero again. */
  digits: number;
  /** What one step of the counter stands for. */
  multiplier: string;
  isPrepaid: boolean;
  /** Whose money is on a prepaid meter; null before any came. */
  billingAccountId: string | null;
  lastValue: string;
  lastReadOn: string;
  /** All use since the base reading. */
  cumulative: string;
  readingCount: number;
  /** Of a prepaid meter, in minor units; below zero when more was used than was there. */
  balance: number;
  lowToldAt: Date | null;
  installedOn: string;
  removedOn: string | null;
};

export type MeterReading = {
  id: string;
  tenantId: string;
  communityId: string;
  meterId: string;
  value: string;
  since: string;
  takenOn: string;
  used: string;
  cumulative: string;
  isRollover: boolean;
  isConfirmed: boolean;
  source: 'BASE' | 'STAFF' | 'IMPORT' | 'PROCEDURE';
  readBy: string | null;
  voidedAt: Date | null;
  voidReasonCode: string | null;
};
