export type MembershipCardTier = 'MEMBER' | 'BULK' | 'VIP';
export type MembershipCardStatus = 'APPLIED' | 'ACTIVE' | 'REFUSED' | 'EXPIRED' | 'ENDED';

/** A membership or VIP card of a person or an organisation (A302, A309). */
export type MembershipCard = {
  id: string;
  tenantId: string;
  communityId: string;
  number: string;
  version: number;
  createdAt: Date;
  tier: MembershipCardTier;
  status: MembershipCardStatus;
  /** Exactly one of the two is set. */
  personId: string | null;
  organisationId: string | null;
  issuedAt: Date | null;
  validTo: string | null;
  profileSealed: string | null;
  reasonCode: string | null;
};
