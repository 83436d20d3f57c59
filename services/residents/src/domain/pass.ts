export type PassKind = 'ITEM_RELEASE' | 'VISITOR' | 'VEHICLE' | 'WORKER' | 'BUS' | 'SHOW_FLAT';
export type PassStatus = 'REQUESTED' | 'VALID' | 'SUSPENDED' | 'USED' | 'WITHDRAWN' | 'EXPIRED';
export type PassDirection = 'ENTRY' | 'EXIT';

/** The procedure that a pass belongs to and ends with: a decoration, an escorted access. */
export type PassCause = { type: string; id: string };

export type PassItem = {
  name: string;
  quantity: number;
  /** Large things leave only with papers shown and photos to compare (A312). */
  isLarge: boolean;
};

/** Something or somebody let through a gate, under a code that a guard verifies. */
export type Pass = {
  id: string;
  tenantId: string;
  communityId: string;
  number: string;
  version: number;
  createdAt: Date;
  kind: PassKind;
  status: PassStatus;
  /** Unguessable; no two passes of a community have the same. */
  code: string;
  householdId: string | null;
  unitId: string | null;
  organisationId: string | null;
  causeType: string | null;
  causeId: string | null;
  holderNameSealed: string | null;
  holderNameMasked: string | null;
  holderPhoneSealed: string | null;
  holderPhoneMasked: string | null;
  holderIdentitySealed: string | null;
  /** How many come on it. */
  holderCount: number;
  plateSealed: string | null;
  plateMasked: string | null;
  plateIndex: string | null;
  items: PassItem[];
  photoFileIds: string[];
  validFrom: Date;
  validTo: Date;
  /** By whom it is suspended: what a procedure stopped goes on with the procedure alone. */
  suspendedBy: 'HAND' | 'PROCEDURE' | null;
  /** Why it is suspended or was withdrawn. */
  reasonCode: string | null;
  usedAt: Date | null;
  usedGateId: string | null;
};

/** A vehicle as the guard found it (A314). */
export type VehicleCondition = { isDamaged: boolean; isLocked: boolean };

/** One time somebody was let through; never changed. */
export type PassUse = {
  id: string;
  tenantId: string;
  passId: string;
  usedAt: Date;
  gateId: string;
  guardId: string | null;
  direction: PassDirection;
  isDamaged: boolean | null;
  isLocked: boolean | null;
  photoFileIds: string[];
};
