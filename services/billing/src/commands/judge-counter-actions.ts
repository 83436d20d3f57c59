import { judgeActions, type AuthorityHeld, type JudgedAction } from '@steward/service-kit';

import { clears } from '../domain/clearing-rules.ts';
import { counterActs, type PaymentMeans } from '../domain/counter-policy.ts';
import type { CounterAction } from '../domain/counter-transition-policy.ts';
import { transitionRefusal } from '../domain/counter-transition-rules.ts';
import { checkApprover } from '../domain/refund-rules.ts';

const judge =
  (...actions: CounterAction[]) =>
  ({ status }: { status: string }): JudgedAction[] =>
    judgeActions(actions, (action) => transitionRefusal(action, status));

/** What the state of each aggregate of the counter would refuse. */
export function judgePayment(payment: { status: string; means: PaymentMeans; isCleared: boolean }): JudgedAction[] {
  const { status, means, isCleared } = payment;
  const cleared = { reason: 'CLEARED_ALREADY', rule: 'B045' };
  const actions = clears(means) ? (['voidPayment', 'clearMeans', 'bounceMeans'] as const) : (['voidPayment'] as const);
  return judgeActions(
    actions,
    (action) => transitionRefusal(action, status) ?? (isCleared && action !== 'bounceMeans' ? cleared : null),
  );
}
export const judgeDoorCollection = judge('printDoorReceipt', 'collectAtDoor', 'failDoorCollection');
export const judgeCashierSession = judge('countTill', 'dropCash', 'handInCash');
export const judgeSafeCheck = judge('checkSafe');
export const judgeCashMonth = judge('closeCashMonth');
export const judgeRefund = judge('decideRefund', 'withdrawRefund', 'payRefund');
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
