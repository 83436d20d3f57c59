import { judgeActions, type JudgedAction } from '@steward/service-kit';

import type { WorkOrderAction } from '../domain/transition-policy.ts';
import { stateRefusal, workOrderActions } from '../domain/transition-rules.ts';
import type { WorkOrder } from '../domain/work-order.ts';

/** Rules that refuse by throwing, of actions that depend on more than the order itself. */
export type FurtherRules = Partial<Record<WorkOrderAction, () => unknown>>;

/** Every action on an order with the refusal that its state or a further rule would give, for `availableActions`. */
export const judgeWorkOrderActions = (order: WorkOrder, further: FurtherRules): JudgedAction[] =>
  judgeActions(workOrderActions, (action) => {
    const refusal = stateRefusal(order, action);
    if (refusal === null) further[action]?.();
    return refusal;
  });
