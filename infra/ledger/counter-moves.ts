import { addDays, localDate, newId } from '@steward/core';
import { confirmationItems } from '@steward/billing/counter-policy';

import type { SeededRandom } from '../demo/seeded-random.ts';
import { nextShiftStep, shiftMakers } from './counter-shifts.ts';
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
    ...times(3, 'clearMeans'),
    ...times(1, 'countTill'),
  ],
  supervisor: [
    ...times(4, 'requestRefund'),
    ...times(8, 'decideRefund'),
    ...times(8, 'voidPayment'),
    ...times(6, 'reverseCharge'),
    ...times(6, 'readMeter'),
    ...times(1, 'payRefund'),
    ...times(6, 'clearMeans'),
    ...times(3, 'bounceMeans'),
    ...times(6, 'startChargeRun'),
    ...times(6, 'postChargeRun'),
    ...times(3, 'handInCash'),
    ...times(2, 'recordSafeMovement'),
    ...times(2, 'decideSafeMovement'),
  ],
  director: [
    ...times(22, 'moveMoney'),
    ...times(12, 'decideRefund'),
    ...times(3, 'voidPayment'),
    ...times(2, 'reverseCharge'),
    ...times(1, 'recordPayment'),
    ...times(5, 'postChargeRun'),
    ...times(2, 'reverseChargeRun'),
    ...times(1, 'discardChargeRun'),
    ...times(1, 'bounceMeans'),
    ...times(2, 'decideSafeMovement'),
  ],
};

/** Mostly one of the newest, because others do something with it now. */
const recent = <T>(all: readonly T[], random: SeededRandom): T =>
  random.pick(random.chance(0.85) ? all.slice(-12) : all);

export type Maker = (counter: Counter, random: SeededRandom, desk: Desk) => object;

const chargesOf = ({ charges }: Counter, accountId: string) =>
  charges.filter(({ billingAccountId }) => billingAccountId === accountId).slice(-8);

const means = ['CASH', 'CASH', 'CASH', 'TRANSFER', 'CHEQUE', 'CHEQUE', 'CARD', 'SIGNED', 'ON_ACCOUNT'] as const;

const payment: Maker = (counter, random, { proofId }) => {
  const { communityId } = counter;
  const billingAccountId = random.pick(counter.accounts);
  const charges = chargesOf(counter, billingAccountId);
  const isExact = charges.length > 0 && random.chance(0.5);
  const { id: chargeId, amount: owed } = isExact ? random.pick(charges) : { id: null, amount: 0 };
  const amount = isExact ? owed : random.int(1, 30_000);
  const by = random.pick(means);
  const proof = by === 'SIGNED' || by === 'ON_ACCOUNT' ? { proofFileIds: [proofId] } : {};
  const money =
    by === 'CASH' ? { tendered: amount + random.pick([0, 50, 10_000]) } : { reference: `${by} ${amount}`, ...proof };
  const part = random.chance(0.5) ? { amount: random.int(1, amount) } : {};
  const wish = chargeId !== null && random.chance(0.6) ? { allocations: [{ chargeId, ...part }] } : {};
  return { communityId, billingAccountId, means: by, amount, ...money, ...wish, confirmed: confirmationItems };
};

const refund: Maker = (counter, random) => {
  const { communityId } = counter;
  const billingAccountId = random.pick(counter.accounts);
  const charges = chargesOf(counter, billingAccountId);
  const charge = charges.length > 0 && random.chance(0.5) ? random.pick(charges) : null;
  const source = charge === null ? 'ADVANCE' : charge.isDeposit ? 'DEPOSIT' : 'CHARGE';
  const amount = charge !== null && random.chance(0.6) ? charge.amount : random.int(1, 8_000);
  const by = random.pick(['CASH', 'TRANSFER'] as const);
  const of = charge === null ? {} : { chargeId: charge.id };
  return { communityId, billingAccountId, source, ...of, amount, means: by, reasonCode: 'OVERPAID' };
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

/** Quarters of which a run is: few, so that what was charged is charged again, and what was taken back anew. */
const quarters = ['2019-01-01', '2019-04-01', '2019-07-01', '2019-10-01', '2020-01-01', '2020-04-01', '2020-07-01'];

const run: Maker = ({ communityId }, random) => {
  const quarter = random.int(0, quarters.length - 2);
  const [periodFrom, periodTo] = quarters.slice(quarter, quarter + 2);
  return { communityId, chargeTypeCodes: ['MANAGEMENT_FEE'], periodFrom, periodTo, dueOn: periodTo };
};

/** Money of one or several promises came, mostly to the bank, some of what was signed for to a till. */
const clearing: Maker = ({ communityId, promises }, random, { role, proofId }) => {
  const came = [...new Set(Array.from({ length: random.pick([1, 1, 1, 2, 3]) }, () => recent(promises, random)))];
  const payments = came.map(({ id, means: by, amount }) => ({
    paymentId: id,
    withheldAmount: by === 'CARD' ? Math.floor(amount / 200) : 0,
  }));
  const sum = came.reduce((total, { amount }) => total + amount, 0);
  const amount = payments.reduce((total, { withheldAmount }) => total - withheldAmount, sum);
  const place = role === 'cashier' && random.chance(0.7) ? 'TILL' : 'BANK';
  const proof = place === 'TILL' ? {} : { bankReference: 'ST 1', proofFileIds: [proofId] };
  return { communityId, payments, place, clearedOn: localDate(new Date(), 'UTC'), amount, ...proof };
};

const makers: Record<CounterMutation, Maker> = {
  ...shiftMakers,
  startChargeRun: run,
  postChargeRun: ({ runs }, random) => ({ id: recent(runs, random).id }),
  discardChargeRun: ({ runs }, random) => ({ id: recent(runs, random).id }),
  reverseChargeRun: ({ runs }, random) => ({ id: recent(runs, random).id, reasonCode: 'WRONG_TARIFF' }),
  clearMeans: clearing,
  bounceMeans: ({ promises }, random, { proofId }) => ({
    id: recent(promises, random).id,
    bankReference: 'RT 1',
    proofFileIds: [proofId],
  }),
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

/** What a mutation is of. */
export type CounterList = 'payments' | 'refunds' | 'approved' | 'charges' | 'promises' | 'runs' | 'bags' | 'movements';

/** What has to be there first. */
const needs: Partial<Record<CounterMutation, CounterList>> = {
  clearMeans: 'promises',
  bounceMeans: 'promises',
  postChargeRun: 'runs',
  discardChargeRun: 'runs',
  reverseChargeRun: 'runs',
  handInCash: 'bags',
  decideSafeMovement: 'movements',
  voidPayment: 'payments',
  printReceipt: 'payments',
  decideRefund: 'refunds',
  withdrawRefund: 'refunds',
  payRefund: 'approved',
  reverseCharge: 'charges',
};

/** How often a cashier whose till is counted goes on with what ends the shift and begins the next one. */
const shiftShare = 0.5;

/** What a desk does next; what it does most where there is nothing yet to do it with. */
function nextWork(counter: Counter, { role, till }: Desk, random: SeededRandom): CounterMutation {
  const isBetween = till !== null && till.status !== 'OPEN';
  const mutation = isBetween && random.chance(shiftShare) ? 'countTill' : random.pick(work[role]);
  if (mutation === 'countTill' && till !== null) return nextShiftStep(till);
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
  { proofFileIds: [] },
  { pieces: [{ denomination: 3, count: 1 }] },
  { bag: ' ' },
  { depositSlip: ' ' },
  { dueOn: '2018-01-01' },
];

function spoil(input: object, random: SeededRandom): object {
  const fitting = nonsense.filter((wrong) => Object.keys(wrong).every((key) => key in input));
  const stale = 'id' in input ? [{ expectedVersion: 1 }, { expectedVersion: 99 }] : [];
  const choices = [...fitting, ...stale];
  return choices.length === 0 ? input : { ...input, ...random.pick(choices) };
}

export type CounterMove = { mutation: CounterMutation; input: object };

/** The next thing that a desk does: it may be refused, and sometimes it is nonsense. */
export function nextCounterMove(counter: Counter, desk: Desk, random: SeededRandom): CounterMove {
  const mutation = nextWork(counter, desk, random);
  const input = makers[mutation](counter, random, desk);
  return { mutation, input: mutation !== 'moveMoney' && random.chance(0.06) ? spoil(input, random) : input };
}
