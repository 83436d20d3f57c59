import * as events from '@steward/events';
import type { Handler } from '@steward/events';

import { told } from './timeline-handlers.ts';

const internal = { isInternal: true } as const;
const opens = { effect: 'OPENED' } as const;
const ends = { effect: 'ENDED' } as const;

const ofHousehold: Handler[] = [
  told(events.householdRegistered, { show: ['segment'] }),
  told(events.householdSegmentChanged, { show: ['segment'] }),
  told(events.householdKeyAccountChanged, { show: ['isKeyAccount'], ...internal }),
  told(events.householdUnitAdded, { show: ['unitId', 'tenure', 'validFrom'] }),
  told(events.householdUnitReleased, { show: ['unitId', 'tenure', 'validTo'] }),
  told(events.householdMembershipStarted, { show: ['role', 'validFrom'] }),
  told(events.householdMembershipEnded, { show: ['role', 'validTo'] }),
  told(events.householdFileChanged, { show: ['documentKindCode', 'isComplete'] }),
];

const ofMoving: Handler[] = [
  told(events.moveInOpened, { show: ['applicantKind'], ...opens }),
  told(events.moveInPapersFiled),
  told(events.moveInAgreementsSigned),
  told(events.moveInHandedOver, { show: ['keyCount'] }),
  told(events.moveInInspected, { show: ['round'] }),
  told(events.moveInDefectFound, { show: ['itemCode', 'tradeCode'] }),
  told(events.moveInDefectFollowed, { show: ['state'] }),
  told(events.moveInReadingsConfirmed, { show: ['waterM3', 'electricityKwh', 'gasM3'] }),
  told(events.moveInReacceptanceAppointed, { show: ['reacceptanceAt'] }),
  told(events.moveInClosed, ends),
  told(events.moveInCancelled, { show: ['reasonCode'], ...ends }),
  told(events.moveInDeadlines.breached, { show: ['kind', 'rule'], ...internal }),
  told(events.moveOutOpened, { show: ['leavesOn'], ...opens }),
  told(events.moveOutInspected, { show: ['keyCount'] }),
  told(events.moveOutCounterSigned, { show: ['departmentCode'], ...internal }),
  told(events.moveOutClosed, { show: ['leavesOn'], ...ends }),
  told(events.moveOutCancelled, { show: ['reasonCode'], ...ends }),
  told(events.moveOutDeadlines.breached, { show: ['kind', 'rule'], ...internal }),
];

const ofCustody: Handler[] = [
  told(events.custodyRegistered, opens),
  told(events.custodySigned),
  told(events.custodyStarted, { show: ['startsOn', 'managementFeeShare'] }),
  told(events.custodyRead, { show: ['waterM3', 'electricityKwh'] }),
  told(events.custodyCapExceeded, { show: ['meter', 'used', 'cap'] }),
  told(events.custodyPatrolled, { show: ['kind', 'patrolledAt'] }),
  told(events.custodyEnded, { show: ['endsOn'], ...ends }),
  told(events.custodyCancelled, { show: ['reasonCode'], ...ends }),
  told(events.custodyDeadlines.breached, { show: ['kind', 'rule'], ...internal }),
];

const ofDecoration: Handler[] = [
  told(events.decorationApplied, { show: ['kind', 'isStructureChanged', 'isLoadIncreased'], ...opens }),
  told(events.decorationDocumentFiled, { show: ['documentKindCode'] }),
  told(events.decorationAgreementSigned),
  told(events.decorationPlanSubmitted),
  told(events.decorationPlanReviewed, { show: ['isApproved', 'isFinal', 'isAuthorityNeeded'] }),
  told(events.decorationAuthorityApproved, { show: ['approvedOn'] }),
  told(events.decorationPermitIssued, { show: ['permitNumber', 'validFrom', 'validTo'] }),
  told(events.decorationPermitExtended, { show: ['validTo'] }),
  told(events.decorationPermitExpired, { show: ['validTo'] }),
  told(events.decorationPassesIssued),
  told(events.decorationStopped),
  told(events.decorationResumed),
  told(events.decorationCompletionRequested),
  told(events.decorationCompletionChecked, { show: ['isPassed'] }),
  told(events.decorationRefundRequested, { show: ['chargeTypeCode'] }),
  told(events.decorationClosed, ends),
  told(events.decorationCancelled, { show: ['reasonCode'], ...ends }),
  told(events.decorationDeadlines.breached, { show: ['kind', 'rule'], ...internal }),
  told(events.decorationInspectionRecorded, { show: ['origin', 'inspectedOn'] }),
  told(events.decorationViolationRegistered, { show: ['kind', 'isStopOrder', 'remedyDueAt'] }),
  told(events.decorationViolationRemedied, { show: ['kind'] }),
  told(events.decorationViolationChecked, { show: ['kind', 'isResolved'] }),
];

const ofFrontDesk: Handler[] = [
  told(events.passRequested, { show: ['kind'] }),
  told(events.passIssued, { show: ['kind', 'validFrom', 'validTo'] }),
  told(events.passVerified, { show: ['direction', 'isUsedUp'] }),
  told(events.passSuspended, { show: ['reasonCode'] }),
  told(events.passResumed),
  told(events.passWithdrawn, { show: ['reasonCode'] }),
  told(events.passExpired),
  told(events.mailItemRegistered, { show: ['kind'] }),
  told(events.mailItemCollected),
  told(events.residentRegistrationOpened, { show: ['kind'] }),
  told(events.residentRegistrationSubmitted),
  told(events.residentRegistrationGranted, { show: ['validTo'] }),
  told(events.residentRegistrationRefused, { show: ['reasonCode'] }),
  told(events.residentRegistrationWithdrawn, { show: ['reasonCode'] }),
  told(events.residentRegistrationExpired),
];

const ofDeskServices: Handler[] = [
  told(events.keyAccountVisitRecorded, { show: ['outcome', 'means'] }),
  told(events.rentalMandateOpened, { show: ['kind'], ...opens }),
  told(events.rentalMandateSigned),
  told(events.rentalMandateViewingPlanned),
  told(events.rentalMandateClosed, { show: ['kind', 'concludedOn'], ...ends }),
  told(events.rentalMandateWithdrawn, { show: ['reasonCode'], ...ends }),
  told(events.rentalMandateLapsed, ends),
  // Neither opened nor ended: an invoice that is still to come keeps nobody's data from being erased.
  told(events.invoiceApplicationMade, { show: ['kind', 'purposeCode'] }),
  told(events.invoiceApplicationIssued),
  told(events.invoiceApplicationRefused, { show: ['reasonCode'] }),
  told(events.invoiceApplicationWithdrawn),
  told(events.invoiceApplicationDeadlines.breached, { show: ['kind', 'rule'], ...internal }),
];

const ofWorkOrders: Handler[] = [
  told(events.workOrderRegistered, { show: ['tradeCode', 'problemCode', 'priority', 'responsibleParty'], ...opens }),
  told(events.workOrderLocated, { effect: 'MOVED' }),
  told(events.workOrderReclassified, { show: ['tradeCode', 'problemCode'] }),
  told(events.workOrderPriorityChanged, { show: ['priority'] }),
  told(events.workOrderResponsiblePartyChanged, { show: ['responsibleParty', 'isPaid'] }),
  told(events.workOrderAssigned, { show: ['assigneeId', 'manner'] }),
  told(events.workOrderPaused, { show: ['reasonCode', 'until'] }),
  told(events.workOrderResumed),
  told(events.workOrderAppointmentMade, { show: ['appointmentAt'] }),
  told(events.workOrderAppointmentRescheduled, { show: ['appointmentAt'] }),
  told(events.workOrderArrived, { show: ['arrivedAt'] }),
  told(events.workOrderQuoted),
  told(events.workOrderQuoteAgreed, { show: ['manner'] }),
  told(events.workOrderQuoteDeclined),
  told(events.workOrderCompleted, { show: ['completedAt', 'isInTime', 'round'] }),
  told(events.workOrderWaterTested, { show: ['isPassed'] }),
  told(events.workOrderAccepted, { show: ['acceptedBy'] }),
  told(events.workOrderReturnVisited, { show: ['outcome', 'rating'] }),
  told(events.workOrderOpinionRecorded, { show: ['rating'] }),
  told(events.workOrderUrged, { show: ['urgeCount'] }),
  told(events.workOrderReopened, { show: ['cause', 'reworkCount'], ...opens }),
  told(events.workOrderClosed, ends),
  told(events.workOrderCancelled, { show: ['reasonCode'], ...ends }),
  told(events.workOrderDeadlines.breached, { show: ['kind', 'rule'], ...internal }),
];

const ofComplaints: Handler[] = [
  told(events.complaintRegistered, { show: ['nature', 'grade', 'categoryCode', 'isHarmOngoing'], ...opens }),
  told(events.complaintRegraded, { show: ['grade'] }),
  told(events.complaintHarmStopped),
  told(events.complaintReferred, internal),
  told(events.complaintStepRecorded, { show: ['step', 'means'] }),
  told(events.complaintJudged, { show: ['responsibility', 'isValid'], ...internal }),
  told(events.complaintRemedyChosen),
  told(events.complaintRepairRequested, { show: ['tradeCode', 'problemCode', 'isEmergency'] }),
  told(events.complaintRepairStateChanged, { show: ['state', 'workOrderId'] }),
  told(events.complaintAnswered, { show: ['means'] }),
  told(events.complaintResolved, { show: ['isInTime', 'round'] }),
  told(events.complaintResultTold, { show: ['means'] }),
  told(events.complaintReturnVisited, { show: ['outcome', 'rating'] }),
  told(events.complaintReopened, { show: ['cause', 'reopenCount'], ...opens }),
  told(events.complaintArchived, ends),
  told(events.complaintWithdrawn, { show: ['reasonCode'], ...ends }),
  told(events.complaintDeadlines.breached, { show: ['kind', 'rule'], ...internal }),
];

const ofBilling: Handler[] = [
  told(events.chargeRaised, { show: ['chargeTypeCode', 'dueOn'], ...opens }),
  told(events.chargeSettled, { show: ['chargeTypeCode', 'receiptNumber'], ...ends }),
  told(events.chargeReversed, { show: ['chargeTypeCode', 'reasonCode'], ...ends }),
  // What names the account alone is of the household that the account was opened for.
  told(events.billingAccountOpened, internal),
  told(events.paymentReceived, { show: ['means', 'receiptNumber'], via: 'billingAccountId' }),
  told(events.paymentVoided, { show: ['receiptNumber', 'reasonCode'] }),
  told(events.refundPaid, { via: 'billingAccountId' }),
  told(events.dunningCaseListed, { show: ['oldestDueOn'], via: 'billingAccountId', ...internal, ...opens }),
  told(events.dunningCaseReminded, { show: ['payBy'] }),
  told(events.dunningCaseLetterSent, { show: ['trackingNumber'] }),
  told(events.dunningCaseVisited),
  told(events.dunningCaseHandedToLegal, internal),
  told(events.dunningCaseSettled, ends),
];

const ofCommunityEvents: Handler[] = [
  told(events.activityRegistrationMade, { show: ['participantCount', 'status'] }),
  told(events.activityRegistrationCancelled),
  told(events.activityRegistrationCheckedIn),
  told(events.visitPlanVisitRecorded),
];

/**
 * The table of what makes a household's timeline: one line for each kind of fact. A fact that names no household is that
 * of the household which an earlier fact of the same thing named. Each needs a text `timeline.<CODE>` in both languages.
 */
export const timelineHandlers: Handler[] = [
  ...ofHousehold,
  ...ofMoving,
  ...ofCustody,
  ...ofDecoration,
  ...ofFrontDesk,
  ...ofDeskServices,
  ...ofWorkOrders,
  ...ofComplaints,
  ...ofBilling,
  ...ofCommunityEvents,
];
