import type { CommunityReference, PlaceReference } from './references.ts';
import type { Classes } from './work-order-catalog.ts';
import type { NewWorkOrder, Responsibility, SealedContact, Source } from './work-order.ts';

/** What is settled about a request when it is taken in. */
export type Request = Classes & {
  place: PlaceReference;
  householdId: string | null;
  requesterId: string | null;
  receivedAt: Date;
  channelCode: string;
  contact: SealedContact;
  convenientFrom: Date | null;
  convenientTo: Date | null;
  source: Source;
  responsibility: Responsibility;
};

type Entry = {
  id: string;
  number: string;
  community: CommunityReference;
  /** Due time of the work where its clock runs at once. */
  dueAt: Date | null;
};

const notYet = {
  status: 'RECEIVED',
  appointmentAt: null,
  assigneeId: null,
  contractorId: null,
  dispatchCount: 0,
  assignedAt: null,
  arrivedAt: null,
  completedAt: null,
  completionNoteSealed: null,
  pausedAt: null,
  pausedUntil: null,
  pauseReasonCode: null,
  statusBeforePause: null,
  waterTestedAt: null,
  acceptedAt: null,
  returnVisitOutcome: null,
  returnVisitedAt: null,
  returnVisitAttempts: 0,
  reworkCount: 0,
  agreedQuoteId: null,
  agreedFeeAmount: null,
  chargeState: 'NONE',
  chargeId: null,
  opinionRating: null,
  opinionSealed: null,
  urgeCount: 0,
  urgedAt: null,
  closedAt: null,
  cancelledAt: null,
  cancelReasonCode: null,
} as const satisfies Partial<NewWorkOrder>;

/** A request as it enters: received, whatever its status elsewhere. */
export const newWorkOrder = (taken: Request, entry: Entry): NewWorkOrder => ({
  ...notYet,
  ...taken.contact,
  ...taken.source,
  ...taken.responsibility,
  id: entry.id,
  number: entry.number,
  communityId: entry.community.id,
  currency: entry.community.currency,
  receivedAt: taken.receivedAt,
  priority: taken.priority,
  channelCode: taken.channelCode,
  tradeCode: taken.trade.code,
  departmentCode: taken.trade.departmentCode,
  problemCode: taken.problem.code,
  returnVisitKind: taken.problem.returnVisitKind,
  part: taken.part,
  placeId: taken.place.id,
  unitId: taken.place.kind === 'UNIT' ? taken.place.id : null,
  buildingId: taken.place.buildingId,
  householdId: taken.householdId,
  requesterId: taken.requesterId,
  convenientFrom: taken.convenientFrom,
  convenientTo: taken.convenientTo,
  dueAt: entry.dueAt,
});
