import {
  chargeRaised,
  chargeReversed,
  chargeSettled,
  subscribe,
  workOrderAccepted,
  workOrderCancelled,
  workOrderClosed,
  workOrderRegistered,
  workOrderReopened,
} from '@steward/events';

import { followMoveInCharge } from '../commands/follow-move-in-charge.ts';
import { followMoveOutCharge } from '../commands/follow-move-out-charge.ts';
import { followMoveInOrder, followMoveInRepair } from '../commands/follow-move-in-repair.ts';
import { followTakeoverOrder, followTakeoverRepair } from '../commands/follow-takeover-repair.ts';

export const moveInHandlers = [
  subscribe(chargeRaised, 'follow-move-in-charge', followMoveInCharge),
  subscribe(chargeSettled, 'follow-move-in-charge', followMoveInCharge),
  subscribe(chargeReversed, 'follow-move-in-charge', followMoveInCharge),
  subscribe(chargeRaised, 'follow-move-out-charge', followMoveOutCharge),
  subscribe(chargeSettled, 'follow-move-out-charge', followMoveOutCharge),
  subscribe(chargeReversed, 'follow-move-out-charge', followMoveOutCharge),
  subscribe(workOrderRegistered, 'follow-move-in-order', followMoveInOrder),
  subscribe(workOrderAccepted, 'follow-move-in-repair', followMoveInRepair),
  subscribe(workOrderClosed, 'follow-move-in-repair', followMoveInRepair),
  subscribe(workOrderReopened, 'follow-move-in-repair', followMoveInRepair),
  subscribe(workOrderCancelled, 'follow-move-in-repair', followMoveInRepair),
  subscribe(workOrderRegistered, 'follow-takeover-order', followTakeoverOrder),
  subscribe(workOrderAccepted, 'follow-takeover-repair', followTakeoverRepair),
  subscribe(workOrderClosed, 'follow-takeover-repair', followTakeoverRepair),
  subscribe(workOrderReopened, 'follow-takeover-repair', followTakeoverRepair),
  subscribe(workOrderCancelled, 'follow-takeover-repair', followTakeoverRepair),
];
