import * as events from '@steward/events';
import type { Handler } from '@steward/events';

import { told } from './timeline-handlers.ts';
import { ofOtherServices } from './timeline-facts-of-others.ts';

const internal = { isInternal: true } as const;
const opens = { effect: 'OPENED' } as const;
const ends = { effect: 'ENDED' } as const;
const breached = { show: ['kind', 'rule'], isInternal: true } as const;

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
  told(events.moveInDeadlines.breached, breached),
  told(events.moveOutOpened, { show: ['leavesOn'], ...opens }),
  told(events.moveOutInspected, { show: ['keyCount'] }),
  told(events.moveOutCounterSigned, { show: ['departmentCode'], ...internal }),
  told(events.moveOutClosed, { show: ['leavesOn'], ...ends }),
  told(events.moveOutCancelled, { show: ['reasonCode'], ...ends }),
  told(events.moveOutDeadlines.breached, breached),
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
  told(events.custodyDeadlines.breached, breached),
];

const ofDecoration: Handler[] = [
  told(events.decorationApplied, { show: ['kind', 'isStructureChanged', 'isLoadIncreased'], ...opens }),
  told(events.decorationTaken, internal),
  told(events.decorationTermsAcknowledged, { show: ['party'] }),
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
  told(events.decorationDeadlines.breached, breached),
  told(events.decorationInspectionRecorded, { show: ['origin', 'inspectedOn'] }),
  told(events.decorationViolationRegistered, { show: ['kind', 'isStopOrder', 'remedyDueAt'] }),
  told(events.decorationViolationRemedied, { show: ['kind'] }),
  told(events.decorationViolationChecked, { show: ['kind', 'isResolved'] }),
  told(events.decorationViolationDeadlines.breached, breached),
];

const ofFrontDesk: Handler[] = [
  told(events.passRequested, { show: ['kind'] }),
  told(events.passIssued, { show: ['kind', 'validFrom', 'validTo'] }),
  told(events.passVerified, { show: ['direction', 'isUsedUp'] }),
  told(events.passExtended, { show: ['validTo'] }),
  told(events.passSuspended, { show: ['reasonCode'] }),
  told(events.passResumed),
  told(events.passWithdrawn, { show: ['reasonCode'] }),
  told(events.passExpired),
  told(events.mailItemRegistered, { show: ['kind'] }),
  told(events.mailItemHandled, { show: ['disposition'] }),
  told(events.mailItemCollected),
  told(events.residentRegistrationOpened, { show: ['kind'] }),
  told(events.residentRegistrationFiled, { show: ['documentKindCode'] }),
  told(events.residentRegistrationSubmitted),
  told(events.residentRegistrationGranted, { show: ['validTo'] }),
  told(events.residentRegistrationRefused, { show: ['reasonCode'] }),
  told(events.residentRegistrationWithdrawn, { show: ['reasonCode'] }),
  told(events.residentRegistrationReminded, { show: ['validTo'] }),
  told(events.residentRegistrationExpired),
  told(events.residentRegistrationDeadlines.breached, breached),
  told(events.mailItemDeadlines.breached, breached),
];

const ofDeskServices: Handler[] = [
  told(events.keyAccountVisitDue, { show: ['dueOn'], ...internal }),
  told(events.keyAccountVisitRecorded, { show: ['outcome', 'means'] }),
  told(events.keyAccountVisitComplained, internal),
  told(events.keyAccountVisitCancelled, { show: ['reasonCode'], ...internal }),
  told(events.keyAccountVisitDeadlines.breached, breached),
  // A card is a person's or an organisation's: of the household by which they were eligible.
  told(events.membershipCardApplied, { show: ['tier'] }),
  told(events.membershipCardIssued, { show: ['tier', 'validTo'] }),
  told(events.membershipCardRefused, { show: ['reasonCode'] }),
  told(events.membershipCardEnded, { show: ['reasonCode'] }),
  told(events.membershipCardExpired),
  told(events.membershipCardDeadlines.breached, breached),
  told(events.rentalMandateOpened, { show: ['kind'], ...opens }),
  told(events.rentalMandateTermsChanged),
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
  told(events.invoiceApplicationDeadlines.breached, breached),
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
  ...ofOtherServices,
];
