/** The states and lists that the code branches on, spelt as in the graph. */
export type WorkOrderStatus =
  'RECEIVED' | 'ASSIGNED' | 'ON_SITE' | 'PAUSED' | 'COMPLETED' | 'ACCEPTED' | 'CLOSED' | 'CANCELLED';
export type WorkOrderPriority = 'EMERGENCY' | 'NORMAL';
export type WorkOrderPart = 'AS_DELIVERED' | 'OWN_FIT_OUT' | 'CONTRACTED_EQUIPMENT' | 'COMMON';
export type ResponsibleParty = 'OWN_FIT_OUT' | 'DEVELOPER_WARRANTY' | 'EQUIPMENT_CONTRACTOR' | 'OWN_STAFF';
export type ResponsibilityBasis =
  'FIT_OUT_PART' | 'MAINTENANCE_CONTRACT' | 'WITHIN_WARRANTY' | 'NO_WARRANTY' | 'PAID_SERVICE' | 'DECIDED';
export type ChargeState = 'NONE' | 'REQUESTED' | 'RAISED' | 'SETTLED' | 'REVERSED';
export type ReturnVisitKind = 'SAFETY' | 'LEAK' | 'OTHER';
export type ReturnVisitOutcome = 'SATISFIED' | 'UNSATISFIED' | 'UNREACHABLE';

/** Who answers for a repair, why, and whether the customer pays (A067, B014). */
export type Responsibility = {
  responsibleParty: ResponsibleParty;
  responsibilityBasis: ResponsibilityBasis;
  /** Last day of the warranty; null without one. */
  warrantyEndsOn: string | null;
  isPaid: boolean;
};

/** Where another system knows the request; all null for requests of our own. */
export type Source = {
  sourceSystem: string | null;
  sourceKey: string | null;
  sourceStatus: string | null;
  sourceCreatedAt: Date | null;
  sourceClosedAt: Date | null;
};

/** Name, phone and words of people, sealed; what everyone may see is kept masked. */
export type SealedContact = {
  contactNameSealed: string | null;
  contactNameMasked: string | null;
  contactPhoneSealed: string | null;
  contactPhoneMasked: string | null;
  /** Blind index: finds an equal phone without showing one. */
  contactPhoneIndex: string | null;
  descriptionSealed: string;
};

/** A repair or paid service from the first call to the return visit; one row, decided on by one person at a time. */
export type WorkOrder = Responsibility &
  Source &
  SealedContact & {
    id: string;
    tenantId: string;
    communityId: string;
    number: string;
    version: number;
    createdAt: Date;
    receivedAt: Date;
    status: WorkOrderStatus;
    priority: WorkOrderPriority;
    channelCode: string;
    tradeCode: string;
    problemCode: string;
    part: WorkOrderPart;
    departmentCode: string;
    placeId: string;
    /** The same place where it is a unit. */
    unitId: string | null;
    /** The building the place stands in, itself included; null on the grounds. */
    buildingId: string | null;
    householdId: string | null;
    requesterId: string | null;
    convenientFrom: Date | null;
    convenientTo: Date | null;
    appointmentAt: Date | null;
    assigneeId: string | null;
    contractorId: string | null;
    /** How often it was dispatched; numbers the slips. */
    dispatchCount: number;
    assignedAt: Date | null;
    arrivedAt: Date | null;
    completedAt: Date | null;
    dueAt: Date | null;
    completionNoteSealed: string | null;
    pausedAt: Date | null;
    pausedUntil: Date | null;
    pauseReasonCode: string | null;
    statusBeforePause: WorkOrderStatus | null;
    returnVisitKind: ReturnVisitKind;
    /** Since the last completion; null while not tested. */
    waterTestedAt: Date | null;
    acceptedAt: Date | null;
    returnVisitOutcome: ReturnVisitOutcome | null;
    returnVisitedAt: Date | null;
    /** Attempts since the last completion. */
    returnVisitAttempts: number;
    reworkCount: number;
    agreedQuoteId: string | null;
    /** Minor units of the community's currency. */
    agreedFeeAmount: number | null;
    currency: string;
    chargeState: ChargeState;
    chargeId: string | null;
    opinionRating: number | null;
    opinionSealed: string | null;
    urgeCount: number;
    urgedAt: Date | null;
    closedAt: Date | null;
    cancelledAt: Date | null;
    cancelReasonCode: string | null;
  };

/** A new order before the kit gives it tenant, version and time. */
export type NewWorkOrder = Omit<WorkOrder, 'tenantId' | 'version' | 'createdAt'>;

/** Photos, materials, water tests: what hangs on an order and is only ever added. */
export type WorkOrderPhoto = {
  id: string;
  tenantId: string;
  workOrderId: string;
  kind: 'BEFORE' | 'AFTER';
  fileId: string;
};

export type WorkOrderMaterial = {
  id: string;
  tenantId: string;
  workOrderId: string;
  name: string;
  code: string | null;
  quantity: string;
  unit: string;
  recordedAt: Date;
};

/** A dispatch slip on paper. */
export type WorkOrderDispatchSlipPrint = {
  id: string;
  tenantId: string;
  workOrderId: string;
  /** That of the slip: the order's number and which dispatch it went with. */
  number: string;
  dispatchCount: number;
  /** 0 for the original, then which reprint it is. */
  copy: number;
  /** The file goes once somebody it tells of is erased; that it was printed stays. */
  fileId: string;
  actorKind: 'staff' | 'person' | 'system';
  actorId: string | null;
  printedAt: Date;
};

/** A reason in somebody's own words. */
export type WorkOrderRemark = {
  id: string;
  tenantId: string;
  workOrderId: string;
  action: string;
  actorKind: 'staff' | 'person' | 'system';
  actorId: string | null;
  madeAt: Date;
  textSealed: string;
};

export type WorkOrderWaterTest = {
  id: string;
  tenantId: string;
  workOrderId: string;
  testedAt: Date;
  isPassed: boolean;
};
