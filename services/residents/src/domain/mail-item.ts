export type MailItemKind = 'LETTER' | 'REGISTERED_LETTER' | 'PARCEL' | 'OFFICIAL_LETTER';
export type MailItemStatus = 'REGISTERED' | 'WITH_LEADER' | 'READY' | 'COLLECTED' | 'FILED';
export type MailItemDisposition = 'DELIVER' | 'FILE';

/** A letter or parcel that came to the front desk (A223). */
export type MailItem = {
  id: string;
  tenantId: string;
  communityId: string;
  number: string;
  version: number;
  createdAt: Date;
  kind: MailItemKind;
  status: MailItemStatus;
  /** Null: it is for the property company itself. */
  householdId: string | null;
  recipientNameSealed: string | null;
  recipientNameMasked: string | null;
  senderSealed: string | null;
  trackingNumberSealed: string | null;
  leaderId: string | null;
  disposition: MailItemDisposition | null;
  instructionSealed: string | null;
  handledAt: Date | null;
  collectedAt: Date | null;
};
