import { addDays, newId } from '@steward/core';
import { confirmationItems } from '@steward/billing/counter-policy';

import type { SeededRandom } from '../demo/seeded-random.ts';
import { installedOn, type Counter, type CounterMutation, type Desk } from './counter.ts';

const times = (count: number, mutation: CounterMutation): CounterMutation[] =>
  Array<CounterMutation>(count).fill(mutation);

/** What each desk does, and how often: first what it does most, and last what is none of its business. */
const work: Record<Desk['role'], readonly CounterMutation[]> = {
  cashier: [
    ...times(16, 'recordPayment'),
    ...times(8, 'requestRefund'),
    ...times(10, 'payRefund'),
    ...times(6, 'applyAdvance'),
    ...times(5, 'topUpMeter'),
    ...times(2, 'printReceipt'),
    ...times(2, 'withdrawRefund'),
    ...times(1, 'voidPayment'),
  ],
  supervisor: [
    ...times(4, 'requestRefund'),
    ...times(8, 'decideRefund'),
    ...times(8, 'voidPayment'),
    ...times(6, 'reverseCharge'),
    ...times(6, 'readMeter'),
    ...times(1, 'payRefund'),
  ],
  director: [
    ...times(22, 'moveMoney'),
    ...times(12, 'decideRefund'),
    ...times(3, 'voidPayment'),
    ...times(2, 'reverseCharge'),
    ...times(1, 'recordPayment'),
  ],
};

/** Mostly one of the newest, because others do something with it now. */
const recent = <T>(all: readonly T[], random: SeededRandom): T =>
  random.pick(random.chance(0.85) ? all.slice(-12) : all);

type Maker = (counter: Counter, random: SeededRandom) => object;

const chargesOf = ({ charges }: Counter, accountId: string) =>
  charges.filter(({ billingAccountId }) => billingAccountId === accountId).slice(-8);

const payment: Maker = (counter, random) => {
  const { communityId } = counter;
  const billingAccountId = random.pick(counter.accounts);
  const charges = chargesOf(counter, billingAccountId);
  const isExact = charges.length > 0 && random.chance(0.5);
  const { id: chargeId, amount: owed } = isExact ? random.pick(charges) : { id: null, amount: 0 };
  const amount = isExact ? owed : random.int(1, 30_000);
  const means = random.pick(['CASH', 'CASH', 'CASH', 'TRANSFER', 'CHEQUE', 'CARD'] as const);
  const money =
    means === 'CASH' ? { tendered: amount + random.pick([0, 50, 10_000]) } : { reference: `${means} ${amount}` };
  const part = random.chance(0.5) ? { amount: random.int(1, amount) } : {};
  const wish = chargeId !== null && random.chance(0.6) ? { allocations: [{ chargeId, ...part }] } : {};
  return { communityId, billingAccountId, means, amount, ...money, ...wish, confirmed: confirmationItems };
};

const refund: Maker = (counter, random) => {
  const { communityId } = counter;
  const billingAccountId = random.pick(counter.accounts);
  const charges = chargesOf(counter, billingAccountId);
  const charge = charges.length > 0 && random.chance(0.5) ? random.pick(charges) : null;
  const source = charge === null ? 'ADVANCE' : charge.isDeposit ? 'DEPOSIT' : 'CHARGE';
  const amount = charge !== null && random.chance(0.6) ? charge.amount : random.int(1, 8_000);
  const means = random.pick(['CASH', 'TRANSFER'] as const);
  const of = charge === null ? {} : { chargeId: charge.id };
  return { communityId, billingAccountId, source, ...of, amount, means, reasonCode: 'OVERPAID' };
};

const reading: Maker = ({ meters }, random) => {
  const meter = random.pick(meters);
  meter.day += 1;
  meter.value += random.int(0, 30);
  return { id: meter.id, value: String(meter.value), takenOn: addDays(installedOn, meter.day), isConfirmed: true };
};

const topUp: Maker = ({ meters }, random) => {
  const { id } = random.pick(meters);
  const amount = random.int(1, 4_000);
  return {
    id,
    amount,
    ...random.pick([
      { means: 'CASH', tendered: amount },
      { means: 'TRANSFER', reference: 'TR 1' },
    ]),
  };
};

const charge: Maker = ({ communityId, accounts }, random) => {
  const amount = random.int(100, 20_000);
  const chargeTypeCode = random.pick(['MANAGEMENT_FEE', 'WATER', 'PAID_SERVICE', 'DECORATION_DEPOSIT']);
  const taxAmount = chargeTypeCode === 'DECORATION_DEPOSIT' ? 0 : Math.floor(amount / 17);
  const one = { billingAccountId: random.pick(accounts), chargeTypeCode, amount, taxAmount };
  return { communityId, move: { kind: 'charge', charges: [one] } };
};

const makers: Record<CounterMutation, Maker> = {
  recordPayment: payment,
  requestRefund: refund,
  readMeter: reading,
  topUpMeter: topUp,
  moveMoney: charge,
  applyAdvance: ({ communityId, accounts }, random) => ({ communityId, billingAccountId: random.pick(accounts) }),
  voidPayment: ({ payments }, random) => ({ id: recent(payments, random).id, reasonCode: 'ENTERED_TWICE' }),
  printReceipt: ({ payments }, random) => ({ id: recent(payments, random).id }),
  decideRefund: ({ refunds }, random) => ({ id: recent(refunds, random).id, isApproved: random.chance(0.85) }),
  withdrawRefund: ({ refunds }, random) => ({ id: recent(refunds, random).id }),
  payRefund: ({ approved }, random) => ({ id: recent(approved, random).id, reference: 'TR 2' }),
  reverseCharge: ({ charges }, random) => ({ id: recent(charges, random).id, reasonCode: 'WRONG_AMOUNT' }),
};

/** What has to be there first. */
const needs: Partial<Record<CounterMutation, 'payments' | 'refunds' | 'approved' | 'charges'>> = {
  voidPayment: 'payments',
  printReceipt: 'payments',
  decideRefund: 'refunds',
  withdrawRefund: 'refunds',
  payRefund: 'approved',
  reverseCharge: 'charges',
};

/** What a desk does next; what it does most where there is nothing yet to do it with. */
function nextWork(counter: Counter, role: Desk['role'], random: SeededRandom): CounterMutation {
  const mutation = random.pick(work[role]);
  const need = needs[mutation];
  return need === undefined || counter[need].length > 0 ? mutation : (work[role][0] as CounterMutation);
}

/** Nonsense in one place of an input, and what was read long ago. */
const nonsense: readonly Record<string, unknown>[] = [
  { amount: 0 },
  { amount: -5 },
  { tendered: 0 },
  { reference: ' ' },
  { id: newId() },
  { chargeId: newId() },
  { billingAccountId: newId() },
  { reasonCode: 'NO_REASON' },
  { value: '-1' },
  { confirmed: [] },
];

function spoil(input: object, random: SeededRandom): object {
  const fitting = nonsense.filter((wrong) => Object.keys(wrong).every((key) => key in input));
  const stale = 'id' in input ? [{ expectedVersion: 1 }, { expectedVersion: 99 }] : [];
  const choices = [...fitting, ...stale];
  return choices.length === 0 ? input : { ...input, ...random.pick(choices) };
}

export type CounterMove = { mutation: CounterMutation; input: object };

/** The next thing that a desk does: it may be refused, and sometimes it is nonsense. */
export function nextCounterMove(counter: Counter, { role }: Desk, random: SeededRandom): CounterMove {
  const mutation = nextWork(counter, role, random);
  const input = makers[mutation](counter, random);
  return { mutation, input: mutation !== 'moveMoney' && random.chance(0.06) ? spoil(input, random) : input };
}
