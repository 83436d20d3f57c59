import { judgeActions, type JudgedAction } from '@steward/service-kit';

import { reversalRefusal } from '../domain/charge-rules.ts';
import type { Charge } from '../domain/charge.ts';

/** What the state of a charge would refuse. */
export const judgeChargeActions = (charge: Charge): JudgedAction[] =>
  judgeActions(['reverseCharge'], () => reversalRefusal(charge));
