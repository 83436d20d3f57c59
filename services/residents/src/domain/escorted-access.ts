export type EscortedAccessKind = 'WORK' | 'FILMING' | 'FURNISHING' | 'VIEWING';
export type EscortedAccessStatus = 'PLANNED' | 'STARTED' | 'ENDED' | 'CANCELLED';
export type ProtectionList = 'BEFORE' | 'AFTER';

/** People who are let into a show flat in company of the staff, with its finished goods protected (B006). */
export type EscortedAccess = {
  id: string;
  tenantId: string;
  communityId: string;
  number: string;
  version: number;
  createdAt: Date;
  kind: EscortedAccessKind;
  status: EscortedAccessStatus;
  unitId: string;
  organisationId: string | null;
  visitorNameSealed: string;
  visitorNameMasked: string;
  visitorCount: number;
  validFrom: Date;
  validTo: Date;
  escortId: string | null;
  photoFileIds: string[];
  startedAt: Date | null;
  endedAt: Date | null;
  reasonCode: string | null;
};
