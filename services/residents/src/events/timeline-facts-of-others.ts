import * as events from '@steward/events';
import type { Handler } from '@steward/events';

import { told } from './timeline-handlers.ts';

const internal = { isInternal: true } as const;
const opens = { effect: 'OPENED' } as const;
const ends = { effect: 'ENDED' } as const;
const breached = { show: ['kind', 'rule'], isInternal: true } as const;

const ofWorkOrders: Handler[] = [
  told(events.workOrderRegistered, { show: ['tradeCode', 'problemCode', 'priority', 'responsibleParty'], ...opens }),
  told(events.workOrderLocated, { effect: 'MOVED' }),
  told(events.workOrderReclassified, { show: ['tradeCode', 'problemCode'] }),
  told(events.workOrderPriorityChanged, { show: ['priority'] }),
  told(events.workOrderResponsiblePartyChanged, { show: ['responsibleParty', 'isPaid'] }),
  told(events.workOrderAssigned, { show: ['assigneeId', 'manner'] }),
  told(events.workOrderReturned, internal),
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
  told(events.workOrderDeadlines.breached, breached),
];

const ofComplaints: Handler[] = [
  told(events.complaintRegistered, { show: ['nature', 'grade', 'categoryCode', 'isHarmOngoing'], ...opens }),
  told(events.complaintRegraded, { show: ['grade'] }),
  told(events.complaintHarmStopped),
  told(events.complaintReferred, internal),
  told(events.complaintSupervisorCalled, internal),
  told(events.complaintDecided, internal),
  told(events.complaintAssigned, { show: ['handlerId'], ...internal }),
  told(events.complaintStepRecorded, { show: ['step', 'means'] }),
  told(events.complaintJudged, { show: ['responsibility', 'isValid'], ...internal }),
  told(events.complaintRemedyChosen),
  told(events.complaintRemedyRejected, internal),
  told(events.complaintRepairRequested, { show: ['tradeCode', 'problemCode', 'isEmergency'] }),
  told(events.complaintRepairStateChanged, { show: ['state', 'workOrderId'] }),
  told(events.complaintAnswered, { show: ['means'] }),
  told(events.complaintResolved, { show: ['isInTime', 'round'] }),
  told(events.complaintResultTold, { show: ['means'] }),
  told(events.complaintReturnVisited, { show: ['outcome', 'rating'] }),
  told(events.complaintReopened, { show: ['cause', 'reopenCount'], ...opens }),
  told(events.complaintArchived, ends),
  told(events.complaintWithdrawn, { show: ['reasonCode'], ...ends }),
  told(events.complaintDeadlines.breached, breached),
];

const ofBilling: Handler[] = [
  told(events.chargeRaised, { show: ['chargeTypeCode', 'dueOn'], ...opens }),
  told(events.chargeSettled, { show: ['chargeTypeCode', 'receiptNumber'], ...ends }),
  told(events.chargeReopened, { show: ['chargeTypeCode'], ...opens }),
  told(events.chargeReversed, { show: ['chargeTypeCode', 'reasonCode'], ...ends }),
  // What names the account alone is of the household that the account was opened for.
  told(events.billingAccountOpened, internal),
  told(events.paymentReceived, { show: ['means', 'receiptNumber'], via: 'billingAccountId' }),
  told(events.paymentVoided, { show: ['receiptNumber', 'reasonCode'] }),
  told(events.paymentInvoiceIssued),
  told(events.doorCollectionAgreed, { show: ['appointmentAt'], via: 'billingAccountId' }),
  told(events.doorCollectionCollected, { show: ['isPunctual'] }),
  told(events.doorCollectionFailed, { show: ['reasonCode'] }),
  told(events.doorCollectionDeadlines.breached, breached),
  told(events.refundRequested, { show: ['source'], via: 'billingAccountId' }),
  told(events.refundDecided, { show: ['isApproved'] }),
  told(events.refundPaid, { via: 'billingAccountId' }),
  told(events.dunningCaseListed, { show: ['oldestDueOn'], via: 'billingAccountId', ...internal, ...opens }),
  told(events.dunningCaseReminded, { show: ['payBy'] }),
  told(events.dunningCaseCauseFound, { show: ['causeCode', 'measureCode'], ...internal }),
  told(events.dunningCaseLetterSent, { show: ['trackingNumber'] }),
  told(events.dunningCaseVisited),
  told(events.dunningCaseHandedToLegal, internal),
  told(events.dunningCaseSettled, ends),
  told(events.dunningCaseReopened, { ...internal, ...opens }),
  told(events.dunningCaseDeadlines.breached, breached),
  // What is measured at a unit is of whoever holds it then: the renter before the owner.
  told(events.meterRead, { show: ['chargeTypeCode', 'value', 'used', 'takenOn'], byUnit: true }),
  told(events.meterToppedUp, { show: ['chargeTypeCode', 'means'], byUnit: true }),
  told(events.meterBalanceLow, { show: ['chargeTypeCode'], byUnit: true }),
];

const ofCommunityEvents: Handler[] = [
  told(events.activityRegistrationMade, { show: ['participantCount', 'status'] }),
  told(events.activityRegistrationPromoted, { show: ['participantCount'] }),
  told(events.activityRegistrationCancelled),
  told(events.activityRegistrationCheckedIn),
  told(events.visitPlanVisitRecorded),
];

/**
 * What went to many households at once names none of them: announcements, surveys, votes, payment notices. Of each household
 * it is what that household was told, by the message's template; the other channels of a message say the same.
 */
const toldTo = ({ to, channel }: events.NotificationData): string | null =>
  channel === 'IN_APP' ? to.householdId : null;

const ofMessages: Handler[] = ['residents', 'work-orders', 'complaints', 'billing', 'community-events'].map(
  (publisher) =>
    told(events.notificationEvents(publisher).requested, { params: ['number'], show: ['template'], household: toldTo }),
);

/** What happens to a household in the services of others. */
export const ofOtherServices: Handler[] = [
  ...ofWorkOrders,
  ...ofComplaints,
  ...ofBilling,
  ...ofCommunityEvents,
  ...ofMessages,
];
