import { newId } from '@steward/core';

import { askAll, askAtOnce, countRefusals, type Question, type Told } from './ask-moves.ts';
import { nextCounterMove, type CounterMove } from './counter-moves.ts';
import type { Counter, CounterMutation, Desk } from './counter.ts';
import type { MoneyMoved } from './money-moves.ts';
import type { Rig } from './run-moves.ts';

const payloads: Record<CounterMutation, string> = {
  recordPayment: 'payment',
  applyAdvance: 'billingAccount',
  voidPayment: 'payment',
  requestRefund: 'refund',
  decideRefund: 'refund',
  withdrawRefund: 'refund',
  payRefund: 'refund',
  reverseCharge: 'charge',
  topUpMeter: 'payment',
  readMeter: 'meter',
  printReceipt: 'payment',
  moveMoney: 'moved',
};

/** What is asked for twice at the same time, by two who do not know of each other. */
const contested: readonly CounterMutation[] = [
  'requestRefund',
  'payRefund',
  'voidPayment',
  'reverseCharge',
  'decideRefund',
  'applyAdvance',
];

type Operation = CounterMove & { asked: Question[]; times: number };

function nextOperation({ counter, random }: Rig, desk: Desk): Operation {
  const move = nextCounterMove(counter, desk, random);
  const { mutation } = move;
  const selection = mutation === 'moveMoney' ? 'moved' : `${payloads[mutation]} { id }`;
  const ask = (): Question => ({ mutation, selection, input: { ...move.input, idempotencyKey: newId() } });
  const times = random.chance(0.1) ? random.int(2, 3) : 1;
  const first = ask();
  const rivals = contested.includes(mutation) && random.chance(0.3) ? [ask()] : [];
  // A question is one object for each time that it is asked.
  return { ...move, times, asked: [...Array.from({ length: times }, () => ({ ...first })), ...rivals] };
}

const idIn = (mutation: CounterMutation, answer: unknown): string =>
  mutation === 'moveMoney'
    ? ((answer as { moved: MoneyMoved }).moved.raised[0]?.chargeId ?? '')
    : ((answer as Record<string, { id: string }>)[payloads[mutation]]?.id ?? '');

/** Which list holds what a mutation ends. */
const ended: Partial<Record<CounterMutation, 'payments' | 'refunds' | 'approved' | 'charges'>> = {
  voidPayment: 'payments',
  decideRefund: 'refunds',
  withdrawRefund: 'refunds',
  payRefund: 'approved',
  reverseCharge: 'charges',
};

/** What is done with is asked for once in a while still, but not as one of the newest. */
function putBehind(list: { id: string }[], id: string): void {
  const place = list.findIndex((one) => one.id === id);
  if (place >= 0) list.unshift(...list.splice(place, 1));
}

/** What is there now to be asked for. */
function keep(counter: Counter, { mutation, input }: CounterMove, id: string): void {
  counter.done.set(mutation, [...(counter.done.get(mutation) ?? []), id]);
  const list = ended[mutation];
  if (list !== undefined) putBehind(counter[list], id);
  if (mutation === 'recordPayment' || mutation === 'topUpMeter') counter.payments.push({ id });
  if (mutation === 'requestRefund') counter.refunds.push({ id });
  if (mutation === 'decideRefund' && (input as { isApproved: boolean }).isApproved) counter.approved.push({ id });
  if (mutation !== 'moveMoney') return;
  const { charges } = (
    input as { move: { charges: { billingAccountId: string; amount: number; chargeTypeCode: string }[] } }
  ).move;
  for (const { billingAccountId, amount, chargeTypeCode } of charges)
    counter.charges.push({ id, billingAccountId, amount, isDeposit: chargeTypeCode === 'DECORATION_DEPOSIT' });
}

/** One key has one effect, however often it was asked; who was refused first may have been allowed a moment later. */
function take({ counter, result }: Rig, operation: Operation, told: readonly Told[]): void {
  const { mutation, times } = operation;
  const ids = told.map(({ answer }) => (answer === null ? null : idIn(mutation, answer)));
  const same = new Set(ids.slice(0, times).filter((id) => id !== null));
  if (same.size > 1) result.faults.push(`${mutation}: one key had different answers`);
  const effects = [...[...same].slice(0, 1), ...ids.slice(times).filter((id) => id !== null)];
  for (const id of effects) keep(counter, operation, id);
  countRefusals(result, mutation, told);
  result.counter[mutation] = (result.counter[mutation] ?? 0) + effects.length;
  result.moved += effects.length;
  result.repeated += told.length - 1;
  result.operations += 1;
}

/** Several things that one desk does, in one request. */
export async function counterTurn(rig: Rig, count: number): Promise<void> {
  const desk = rig.random.pick(rig.counter.desks);
  const operations = Array.from({ length: count }, () => nextOperation(rig, desk));
  const told = await askAtOnce(
    operations.map(({ asked }) => asked),
    (questions) => askAll(rig.service, questions, desk.viewer),
  );
  operations.forEach((operation, index) => take(rig, operation, told[index] ?? []));
}
