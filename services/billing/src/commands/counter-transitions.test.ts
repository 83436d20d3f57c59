import { describe, expect, it } from '@jest/globals';

import { counterGrants } from './counter-grants.ts';
import { counterTransitions, type CounterAction, type CounterTransition } from '../domain/counter-transition-policy.ts';
import { requireTransition, statusAfter, transitionRefusal } from '../domain/counter-transition-rules.ts';

const table = Object.entries<CounterTransition>(counterTransitions);
const states = [...new Set(table.flatMap(([, { from, to }]) => [...from, ...to]))];
const dunned = ['LISTED', 'REMINDED', 'LETTER_SENT', 'VISITED'];

/** Rule, action, who does it, from which states, and where it leads. */
const expected: [rule: string, action: CounterAction, roles: string[], from: string[], to: string[]][] = [
  ['A075', 'recordPayment', ['cashier'], [], ['RECEIVED']],
  ['A076', 'voidPayment', ['supervisor', 'director'], ['RECEIVED'], ['VOIDED']],
  ['B045', 'clearMeans', ['cashier', 'supervisor', 'administrativeSupervisor'], ['RECEIVED'], ['same']],
  ['B045', 'bounceMeans', ['supervisor', 'director'], ['RECEIVED'], ['VOIDED']],
  ['A077', 'agreeDoorCollection', ['cashier', 'clerk'], [], ['AGREED']],
  ['A077', 'printDoorReceipt', ['cashier', 'clerk', 'supervisor'], ['AGREED'], ['same']],
  ['A077', 'collectAtDoor', ['cashier', 'clerk'], ['AGREED'], ['COLLECTED']],
  ['A077', 'failDoorCollection', ['cashier', 'clerk'], ['AGREED'], ['FAILED']],
  ['B044', 'openCashierSession', ['cashier'], [], ['OPEN']],
  ['B046', 'countTill', ['cashier', 'director'], ['OPEN'], ['COUNTED']],
  ['B047', 'dropCash', ['cashier', 'director'], ['COUNTED'], ['DROPPED']],
  ['A233', 'handInCash', ['cashier', 'supervisor', 'administrativeSupervisor'], ['DROPPED'], ['HANDED_IN']],
  ['B043', 'makeGoodCashShortage', ['cashier', 'supervisor'], ['SHORT'], ['MADE_GOOD']],
  ['B048', 'requestTillLoan', ['cashier', 'supervisor'], [], ['ASKED']],
  ['B048', 'decideTillLoan', ['director'], ['ASKED'], ['GRANTED', 'REFUSED']],
  ['B048', 'repayTillLoan', ['cashier'], ['GRANTED'], ['REPAID']],
  ['A234', 'checkSafe', ['cashier', 'supervisor'], ['DUE'], ['CHECKED']],
  ['A233', 'recordSafeMovement', ['cashier', 'supervisor', 'administrativeSupervisor'], [], ['UNDER_WAY']],
  [
    'A233',
    'decideSafeMovement',
    ['cashier', 'supervisor', 'administrativeSupervisor', 'director'],
    ['UNDER_WAY'],
    ['CONFIRMED', 'REJECTED'],
  ],
  ['A229', 'closeCashMonth', ['cashier', 'supervisor'], ['DUE'], ['CLOSED']],
  ['A018', 'requestRefund', ['cashier', 'clerk', 'supervisor'], [], ['REQUESTED']],
  ['A018', 'decideRefund', ['supervisor', 'director'], ['REQUESTED'], ['APPROVED', 'REJECTED']],
  ['A018', 'withdrawRefund', ['cashier', 'clerk', 'supervisor'], ['REQUESTED', 'APPROVED'], ['REJECTED']],
  ['A018', 'payRefund', ['cashier'], ['APPROVED'], ['PAID', 'SENT']],
  [
    'A018',
    'submitExpenseClaim',
    ['cashier', 'clerk', 'maintenance', 'guard', 'environment', 'trainer', 'supervisor'],
    [],
    ['SUBMITTED'],
  ],
  ['A018', 'checkExpenseClaim', ['supervisor'], ['SUBMITTED'], ['CHECKED', 'REJECTED']],
  ['A018', 'decideExpenseClaim', ['administrativeSupervisor', 'director'], ['CHECKED'], ['APPROVED', 'REJECTED']],
  ['A018', 'payExpenseClaim', ['cashier'], ['APPROVED'], ['PAID']],
  ['A003', 'recordExpenditure', ['cashier', 'supervisor', 'administrativeSupervisor'], [], ['RECORDED']],
  ['A003', 'decideExpenditure', ['administrativeSupervisor', 'director'], ['RECORDED'], ['APPROVED', 'REJECTED']],
  ['A003', 'payExpenditure', ['cashier', 'administrativeSupervisor'], ['APPROVED'], ['PAID']],
  ['A003', 'reverseExpenditure', ['administrativeSupervisor', 'director'], ['PAID'], ['REVERSED']],
  ['A076', 'requestInvoice', ['cashier', 'clerk'], [], ['REQUESTED']],
  ['A076', 'issueInvoice', ['cashier', 'supervisor'], ['REQUESTED'], ['ISSUED']],
  ['A078', 'findDunningCause', ['clerk', 'supervisor'], dunned, ['same']],
  ['A079', 'remindDebtor', ['clerk', 'cashier', 'supervisor'], ['LISTED', 'REMINDED'], ['REMINDED']],
  ['A080', 'sendFormalLetter', ['clerk', 'supervisor'], ['REMINDED'], ['LETTER_SENT']],
  ['A081', 'visitDebtor', ['clerk', 'supervisor'], ['REMINDED', 'LETTER_SENT', 'VISITED'], ['VISITED']],
  ['A082', 'handDebtToLegal', ['director'], ['LETTER_SENT', 'VISITED'], ['LEGAL']],
];

describe('the steps of the counter', () => {
  it.each(expected)('[%s] %s: who, from where, to where', (_rule, action, roles, from, to) => {
    expect(counterGrants[`Mutation.${action}`]).toEqual([{ roles, relation: 'community' }]);
    expect(new Set(states.filter((state) => transitionRefusal(action, state) === null))).toEqual(new Set(from));
    expect([...to, ''].map((_state, index) => statusAfter(action, index))).toEqual([...to, '']);
  });

  it('are all told here', () => {
    expect(expected.map(([, action]) => action).sort()).toEqual(table.map(([action]) => action).sort());
  });

  it('refuse a state that does not allow them', () => {
    expect(() => requireTransition('countTill', 'COUNTED')).toThrow('ILLEGAL_TRANSITION');
  });
});
