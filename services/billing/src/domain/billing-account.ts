export type PartyKind = 'PERSON' | 'ORGANISATION' | 'HOUSEHOLD';

/** Somebody who may owe; HOUSEHOLD only where its members are not known. */
export type Party = { kind: PartyKind; id: string };

/** A liable party in a community, for a unit or for none: arrears stay with it when the unit is sold. */
export type BillingAccount = {
  id: string;
  tenantId: string;
  communityId: string;
  /** Unique in its community: ZH-20260301-0042. */
  number: string;
  version: number;
  createdAt: Date;
  unitId: string | null;
  /** The household through which the party came to owe. */
  householdId: string | null;
  partyKind: PartyKind;
  partyId: string;
};
