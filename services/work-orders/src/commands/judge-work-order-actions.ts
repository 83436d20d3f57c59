import type { RefusalValue } from '@steward/service-kit';

import { stateRefusal, workOrderActions } from '../domain/transition-rules.ts';
import type { WorkOrder } from '../domain/work-order.ts';

/** Every action on an order with the refusal that its state would give, for `availableActions`. */
export const judgeWorkOrderActions = (order: WorkOrder): { action: string; refusal: RefusalValue | null }[] =>
  workOrderActions.map((action) => {
    const refusal = stateRefusal(order, action);
    return { action, refusal: refusal === null ? null : { code: 'CONFLICT', ...refusal } };
  });
