import {
  cashierSessionVarianceReported,
  complaintArchived,
  complaintRegistered,
  complaintRegraded,
  complaintReopened,
  complaintResolved,
  complaintWithdrawn,
  subscribe,
  workOrderCancelled,
  workOrderClosed,
  workOrderCodeSet,
  workOrderCompleted,
  workOrderPriorityChanged,
  workOrderRegistered,
  workOrderReopened,
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
