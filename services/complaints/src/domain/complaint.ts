/** The states and lists that the code branches on, spelt as in the graph. */
export type ComplaintStatus = 'RECEIVED' | 'REFERRED' | 'HANDLING' | 'RESOLVED' | 'ARCHIVED' | 'WITHDRAWN';
export type ComplaintGrade = 'MAJOR' | 'IMPORTANT' | 'MINOR';
export type ComplaintNature = 'COMPLAINT' | 'SUGGESTION' | 'REQUEST';
export type ComplaintEffect = 'DAILY_LIFE' | 'SAFETY' | 'COMPANY_IMAGE' | 'SERVICE_FAULT';
export type ComplaintResponsibility = 'COMPANY' | 'RESIDENT' | 'SEVERAL_DEPARTMENTS' | 'NONE';
export type ComplaintReferralReason = 'MAJOR' | 'DEPARTMENT_CANNOT' | 'NEEDS_COORDINATION' | 'BEYOND_AUTHORITY';
export type ComplaintStepKind =
  | 'CONTACT'
  | 'APOLOGY'
  | 'EXPLANATION'
  | 'MEDIATION'
  | 'SITE_MEETING'
  | 'SEPARATE_RECEPTION'
  | 'HARM_STOPPED'
  | 'ANSWER'
  | 'RESULT_TOLD';
export type ComplaintMeans = 'PHONE' | 'IN_PERSON' | 'MESSAGE' | 'LETTER';
export type ComplaintFormState = 'ISSUED' | 'ANSWERED' | 'REORDERED';
export type ComplaintRemedyState = 'PROPOSED' | 'CHOSEN' | 'AWAITING_APPROVAL' | 'REJECTED';
export type ComplaintRepairState = 'REQUESTED' | 'ORDERED' | 'DONE' | 'CANCELLED';
export type ReturnVisitOutcome = 'SATISFIED' | 'UNSATISFIED' | 'UNREACHABLE';

/** Where another system knows the request; all null for complaints of our own. */
export type Source = {
  sourceSystem: string | null;
  sourceKey: string | null;
  sourceStatus: string | null;
  sourceCreatedAt: Date | null;
  sourceClosedAt: Date | null;
};

/** Names, phones and words of people, sealed; what everyone may see is kept masked. */
export type SealedRecord = {
  contactNameSealed: string | null;
  contactNameMasked: string | null;
  contactPhoneSealed: string | null;
  contactPhoneMasked: string | null;
  /** Blind index: finds an equal phone without showing one. */
  contactPhoneIndex: string | null;
  /** The person complained of, where it is none of our staff. */
  respondentSealed: string | null;
  /** Where it happened, in words, where no place of the estate is named. */
  locationSealed: string | null;
  summarySealed: string;
  courseSealed: string | null;
  demandSealed: string | null;
};

/** A complaint (投诉) from the first word to the archive; one row, decided on by one person at a time. */
export type Complaint = Source &
  SealedRecord & {
    id: string;
    tenantId: string;
    communityId: string;
    number: string;
    version: number;
    createdAt: Date;
    receivedAt: Date;
    occurredAt: Date;
    status: ComplaintStatus;
    nature: ComplaintNature;
    grade: ComplaintGrade;
    effects: ComplaintEffect[];
    channelCode: string;
    categoryCode: string;
    /** The department in charge, by the category. */
    departmentCode: string;
    /** Every department that it touches, the one in charge included (涉及部门). */
    departmentCodes: string[];
    placeId: string | null;
    unitId: string | null;
    buildingId: string | null;
    householdId: string | null;
    complainantId: string | null;
    respondentId: string | null;
    handlerId: string | null;
    /** The resident's own date for a minor complaint (A097). */
    wantedUntil: Date | null;
    /** When it is to be solved. */
    dueAt: Date | null;
    isHarmOngoing: boolean;
    harmStoppedAt: Date | null;
    isAgitated: boolean;
    referralReasonCode: ComplaintReferralReason | null;
    referredAt: Date | null;
    decidedAt: Date | null;
    contactedAt: Date | null;
    responsibility: ComplaintResponsibility | null;
    isValid: boolean | null;
    helpSealed: string | null;
    /** Kinds of the steps that were taken. */
    doneSteps: ComplaintStepKind[];
    openFormCount: number;
    openRepairCount: number;
    /** Remedies that wait for the director. */
    openRemedyCount: number;
    /** Minor units of what the chosen remedies cost. */
    remedyAmount: number;
    currency: string;
    answeredAt: Date | null;
    resultSealed: string | null;
    resolvedAt: Date | null;
    toldAt: Date | null;
    returnVisitOutcome: ReturnVisitOutcome | null;
    returnVisitedAt: Date | null;
    /** Attempts since it was last resolved. */
    returnVisitAttempts: number;
    rating: number | null;
    reopenCount: number;
    archivedAt: Date | null;
    withdrawnAt: Date | null;
    withdrawReasonCode: string | null;
  };

/** A new complaint before the kit gives it tenant, version and time. */
export type NewComplaint = Omit<Complaint, 'tenantId' | 'version' | 'createdAt'>;

/** A work contact form (工作联系单) that makes a department deal with the complaint (A034). */
export type ComplaintContactForm = {
  id: string;
  tenantId: string;
  complaintId: string;
  /** 1 for the first, one more each time the department is ordered again. */
  round: number;
  departmentCode: string;
  contentSealed: string;
  issuedAt: Date;
  state: ComplaintFormState;
  answeredAt: Date | null;
  answeredBy: string | null;
  answerSealed: string | null;
};

/** One thing done with the resident: a contact, an apology, a mediation, an answer. */
export type ComplaintStep = {
  id: string;
  tenantId: string;
  complaintId: string;
  kind: ComplaintStepKind;
  means: ComplaintMeans | null;
  departmentCodes: string[];
  occurredAt: Date;
  recordedBy: string | null;
  noteSealed: string | null;
};

/** A remedy with its cost (补救方案, A093). */
export type ComplaintRemedy = {
  id: string;
  tenantId: string;
  complaintId: string;
  descriptionSealed: string;
  costAmount: number;
  currency: string;
  plannedOn: string | null;
  state: ComplaintRemedyState;
  approvalId: string | null;
  proposedAt: Date;
};

/** A repair that the complaint asked for; the service work-orders carries it out. */
export type ComplaintRepair = {
  id: string;
  tenantId: string;
  complaintId: string;
  placeId: string;
  tradeCode: string;
  problemCode: string;
  isEmergency: boolean;
  state: ComplaintRepairState;
  workOrderId: string | null;
  requestedAt: Date;
  closedAt: Date | null;
};

/** A reason in somebody's own words. */
export type ComplaintRemark = {
  id: string;
  tenantId: string;
  complaintId: string;
  action: string;
  actorKind: 'staff' | 'person' | 'system';
  actorId: string | null;
  madeAt: Date;
  textSealed: string;
};

export type ComplaintPhoto = { id: string; tenantId: string; complaintId: string; fileId: string };
