import { judgeActions, type JudgedAction } from '@steward/service-kit';

import type { CounterAction } from '../domain/counter-transition-policy.ts';
import { transitionRefusal } from '../domain/counter-transition-rules.ts';

const judge =
  (...actions: CounterAction[]) =>
  ({ status }: { status: string }): JudgedAction[] =>
    judgeActions(actions, (action) => transitionRefusal(action, status));

/** What the state of each aggregate of the counter would refuse. */
export const judgePayment = judge('voidPayment');
export const judgeDoorCollection = judge('collectAtDoor', 'failDoorCollection');
export const judgeCashierSession = judge('countTill', 'dropCash', 'handInCash');
export const judgeSafeCheck = judge('checkSafe');
export const judgeCashMonth = judge('closeCashMonth');
export const judgeRefund = judge('decideRefund', 'payRefund');
export const judgeExpenseClaim = judge('checkExpenseClaim', 'decideExpenseClaim', 'payExpenseClaim');
export const judgeDunningCase = judge(
  'findDunningCause',
  'remindDebtor',
  'sendFormalLetter',
  'visitDebtor',
  'handDebtToLegal',
);
export const judgeProviderPayment = (): JudgedAction[] => [];
