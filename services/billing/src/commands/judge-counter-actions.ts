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

type JudgedPayment = { status: string; means: PaymentMeans; isCleared: boolean; isTakenByProvider: boolean };

/** What the state of each aggregate of the counter would refuse. */
export function judgePayment({ status, means, isCleared, isTakenByProvider }: JudgedPayment): JudgedAction[] {
  const cleared = { reason: 'CLEARED_ALREADY', rule: 'B045' };
  const withProvider = { reason: 'PROVIDER_HAS_MONEY', rule: 'A076' };
  const actions = clears(means) ? (['voidPayment', 'clearMeans', 'bounceMeans'] as const) : (['voidPayment'] as const);
  return judgeActions(actions, (action) => {
    const refusal = transitionRefusal(action, status);
    if (refusal !== null) return refusal;
    if (isTakenByProvider && action !== 'clearMeans') return withProvider;
    return isCleared && action !== 'bounceMeans' ? cleared : null;
  });
}

/** Steps that take another hand than one before. */
const judgeHands =
  (...steps: (readonly [action: CounterAction, before: string | null])[]) =>
  ({ status }: { status: string }, actor: string): JudgedAction[] =>
    judgeActions(
      steps.map(([action]) => action),
      (action) => {
        const isSame = steps.some(([step, before]) => step === action && before === actor);
        return transitionRefusal(action, status) ?? (isSame ? { reason: 'OWN_REQUEST', rule: 'A018' } : null);
      },
    );

export const judgeDoorCollection = judge('printDoorReceipt', 'collectAtDoor', 'failDoorCollection');
export const judgeCashierSession = judge('countTill', 'dropCash', 'handInCash');
export const judgeSafeCheck = judge('checkSafe');
export const judgeSafeMovement = (movement: { status: string; recordedBy: string }, actor: string): JudgedAction[] =>
  judgeHands(['decideSafeMovement', movement.recordedBy])(movement, actor);
export const judgeCashMonth = judge('closeCashMonth');
export const judgeRefund = judge('decideRefund', 'withdrawRefund', 'payRefund');
export const judgeExpenseClaim = judge('checkExpenseClaim', 'decideExpenseClaim', 'payExpenseClaim');
type Spending = { status: string; recordedBy: string; paidBy: string | null };
export const judgeExpenditure = (spending: Spending, actor: string): JudgedAction[] =>
  judgeHands(
    ['decideExpenditure', spending.recordedBy],
    ['payExpenditure', null],
    ['reverseExpenditure', spending.paidBy],
  )(spending, actor);
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
    decideExpenditure: { ...counterActs.decideExpenditure, measure },
  };
};
