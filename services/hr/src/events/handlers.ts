import {
  cashierSessionVarianceReported,
  communityRegistered,
  complaintArchived,
  complaintDeadlines,
  complaintRegistered,
  complaintRegraded,
  complaintReopened,
  complaintResolved,
  complaintReturnVisited,
  complaintWithdrawn,
  subscribe,
  workOrderCancelled,
  workOrderClosed,
  workOrderCodeSet,
  workOrderCompleted,
  workOrderDeadlines,
  workOrderPriorityChanged,
  workOrderRegistered,
  workOrderReopened,
  workOrderReturnVisited,
  type Handler,
} from '@steward/events';
import { communityHandlers } from '@steward/service-kit';

import {
  followOpenItem,
  keepComplaintGrade,
  keepOpenComplaint,
  keepOpenOrder,
  keepOrderPriority,
} from '../commands/keep-open-item.ts';
import { bookCashShortage } from '../commands/record-staff-conduct.ts';
import { startTrainingDays } from '../commands/run-training-day.ts';
import { tally } from '../commands/review-quality.ts';
import { keepTrade } from '../commands/keep-trade.ts';

/** What hr consumes. */
export const handlers: Handler[] = [
  ...communityHandlers(),
  subscribe(workOrderCodeSet, 'keep-trade', keepTrade),
  subscribe(cashierSessionVarianceReported, 'book-cash-shortage', bookCashShortage),
];

/** What handovers carry over; a reader of its own, so that it knows what was open before it was added. */
export const openItemHandlers: Handler[] = [
  subscribe(workOrderRegistered, 'keep-open-order', keepOpenOrder),
  subscribe(workOrderPriorityChanged, 'keep-order-priority', keepOrderPriority),
  subscribe(workOrderCompleted, 'follow-open-item', followOpenItem),
  subscribe(workOrderReopened, 'follow-open-item', followOpenItem),
  subscribe(workOrderClosed, 'follow-open-item', followOpenItem),
  subscribe(workOrderCancelled, 'follow-open-item', followOpenItem),
  subscribe(complaintRegistered, 'keep-open-complaint', keepOpenComplaint),
  subscribe(complaintRegraded, 'keep-complaint-grade', keepComplaintGrade),
  subscribe(complaintResolved, 'follow-open-item', followOpenItem),
  subscribe(complaintReopened, 'follow-open-item', followOpenItem),
  subscribe(complaintArchived, 'follow-open-item', followOpenItem),
  subscribe(complaintWithdrawn, 'follow-open-item', followOpenItem),
];

type Visit = { outcome: string; isFinal: boolean };

const visitCodes = ({ outcome, isFinal }: Visit): string[] =>
  isFinal && outcome !== 'UNREACHABLE' ? [`VISITS_${outcome}`] : [];

/**
 * Days of training, meetings and reviews, and what the quality of a month is judged by; a reader of its own, so that
 * communities that were there before it have them too.
 */
export const trainingHandlers: Handler[] = [
  subscribe(communityRegistered, 'start-training-days', startTrainingDays),
  subscribe(
    workOrderRegistered,
    'tally-order',
    tally(() => ['ORDERS_RECEIVED']),
  ),
  subscribe(
    workOrderCompleted,
    'tally-completed-order',
    tally(({ isInTime }) => (isInTime ? ['ORDERS_COMPLETED'] : ['ORDERS_COMPLETED', 'ORDERS_LATE'])),
  ),
  subscribe(
    workOrderReopened,
    'tally-reopened-order',
    tally(() => ['ORDERS_REOPENED']),
  ),
  subscribe(workOrderReturnVisited, 'tally-visit', tally(visitCodes)),
  subscribe(
    workOrderDeadlines.breached,
    'tally-breach',
    tally(() => ['DEADLINES_BREACHED']),
  ),
  subscribe(
    complaintRegistered,
    'tally-complaint',
    tally(({ grade }) => (grade === 'MAJOR' ? ['COMPLAINTS_RECEIVED', 'COMPLAINTS_MAJOR'] : ['COMPLAINTS_RECEIVED'])),
  ),
  subscribe(
    complaintResolved,
    'tally-resolved-complaint',
    tally(() => ['COMPLAINTS_RESOLVED']),
  ),
  subscribe(
    complaintReopened,
    'tally-reopened-complaint',
    tally(() => ['COMPLAINTS_REOPENED']),
  ),
  subscribe(complaintReturnVisited, 'tally-visit', tally(visitCodes)),
  subscribe(
    complaintDeadlines.breached,
    'tally-breach',
    tally(() => ['DEADLINES_BREACHED']),
  ),
];
