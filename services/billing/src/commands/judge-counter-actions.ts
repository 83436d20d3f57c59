import { judgeActions, type AuthorityHeld, type JudgedAction } from '@steward/service-kit';

import { counterActs } from '../domain/counter-policy.ts';
import type { CounterAction } from '../domain/counter-transition-policy.ts';
import { transitionRefusal } from '../domain/counter-transition-rules.ts';
import { checkApprover } from '../domain/refund-rules.ts';

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

type Asked = Parameters<typeof checkApprover>[0];

/** Decisions of the counter that take authority, measured by what somebody holds. */
export const actsOf = (asked: Asked) => {
  const measure = (held: AuthorityHeld): void => checkApprover(asked, held);
  return {
    decideRefund: { ...counterActs.decideRefund, measure },
    decideExpenseClaim: { ...counterActs.decideExpenseClaim, measure },
  };
};
