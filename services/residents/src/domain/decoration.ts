/** What is done to a unit: works inside it, or something put up for a time (临时搭建). */
export type DecorationKind = 'DECORATION' | 'TEMPORARY_STRUCTURE';

export type DecorationStatus =
  | 'APPLIED'
  | 'IN_REVIEW'
  | 'REVIEWED'
  | 'APPROVED'
  | 'PERMITTED'
  | 'STOPPED'
  | 'EXPIRED'
  | 'COMPLETED'
  | 'CLOSED'
  | 'CANCELLED';

export type DecorationApplicantKind = 'OWNER' | 'AGENT';
export type DecorationParty = 'OWNER' | 'CONTRACTOR';

/** How far a sum has come; billing's facts move it on. */
export type DecorationChargeState =
  'NONE' | 'REQUESTED' | 'RAISED' | 'SETTLED' | 'REVERSED' | 'REFUND_REQUESTED' | 'REFUNDED';

/** An application to decorate a unit or to put up a temporary structure, up to its completion check. */
export type Decoration = {
  id: string;
  tenantId: string;
  communityId: string;
  number: string;
  version: number;
  createdAt: Date;
  kind: DecorationKind;
  status: DecorationStatus;
  householdId: string;
  unitId: string;
  applicantKind: DecorationApplicantKind;
  applicantId: string;
  contractorId: string;
  /** The member of staff who sees it through; null until one has taken it. */
  handlerId: string | null;
  descriptionSealed: string;
  isStructureChanged: boolean;
  isLoadIncreased: boolean;
  /** Half-open days, as applied for. */
  plannedFrom: string;
  plannedTo: string;
  agreementSignedAt: Date | null;
  planSubmittedAt: Date | null;
  planSubmittedBy: string | null;
  planDecision: 'APPROVED' | 'REJECTED' | null;
  planDecidedAt: Date | null;
  planReasonSealed: string | null;
  authorityApprovalNumber: string | null;
  authorityName: string | null;
  authorityApprovedOn: string | null;
  permitNumber: string | null;
  /** Half-open days of the permit. */
  permitFrom: string | null;
  permitTo: string | null;
  extensionCount: number;
  currency: string;
  depositAmount: number;
  depositState: DecorationChargeState;
  depositChargeId: string | null;
  wasteFeeAmount: number;
  wasteFeeState: DecorationChargeState;
  wasteFeeChargeId: string | null;
  completionRequestedAt: Date | null;
  completedAt: Date | null;
  closedAt: Date | null;
  cancelReasonCode: string | null;
};

/** A paper of the application. */
export type DecorationDocument = {
  id: string;
  tenantId: string;
  decorationId: string;
  kindCode: string;
  fileId: string | null;
  receivedAt: Date;
};

/** That a party has been told hours and prohibitions, and signed for it. */
export type DecorationAcknowledgement = {
  id: string;
  tenantId: string;
  decorationId: string;
  party: DecorationParty;
  termsId: string;
  acknowledgedAt: Date;
};

/** The round of a completion check. */
export type DecorationCompletionCheck = {
  id: string;
  tenantId: string;
  decorationId: string;
  checkedAt: Date;
  checkedBy: string | null;
  isPassed: boolean;
  findingsSealed: string | null;
};

/** Hours and prohibitions of a community (A084); a version is never changed, a later one takes its place. */
export type DecorationTerms = {
  id: string;
  tenantId: string;
  communityId: string;
  number: string;
  version: number;
  createdAt: Date;
  /** 1 for the community's first. */
  edition: number;
  workFrom: string;
  workTo: string;
  breakFrom: string | null;
  breakTo: string | null;
  isAllowedAtWeekend: boolean;
  prohibitions: string;
};

/** What of an application its rules depend on besides its row. */
export type DecorationPapers = {
  /** Kinds that are there as a scan. */
  scannedKinds: readonly string[];
  acknowledgedBy: readonly DecorationParty[];
  /** Violations that are not resolved. */
  openViolations: number;
};
