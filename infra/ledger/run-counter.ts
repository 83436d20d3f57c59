import { newId } from '@steward/core';

import { askAll, askAtOnce, countRefusals, type Question, type Told } from './ask-moves.ts';
import { nextCounterMove, type CounterList, type CounterMove } from './counter-moves.ts';
import { afterShiftStep } from './counter-shifts.ts';
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
  clearMeans: 'payments',
  bounceMeans: 'payment',
  startChargeRun: 'chargeRun',
  postChargeRun: 'chargeRun',
  discardChargeRun: 'chargeRun',
  reverseChargeRun: 'chargeRun',
  openCashierSession: 'cashierSession',
  countTill: 'cashierSession',
  dropCash: 'cashierSession',
  handInCash: 'cashierSession',
  recordSafeMovement: 'safeMovement',
  decideSafeMovement: 'safeMovement',
};

/** What is asked for twice at the same time, by two who do not know of each other. */
const contested: readonly CounterMutation[] = [
  'requestRefund',
  'payRefund',
  'voidPayment',
  'reverseCharge',
  'decideRefund',
  'applyAdvance',
  'clearMeans',
  'bounceMeans',
  'startChargeRun',
  'postChargeRun',
  'reverseChargeRun',
  'openCashierSession',
  'countTill',
  'dropCash',
  'handInCash',
  'decideSafeMovement',
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

/** What a mutation has done, by its id; what it has done to several at once, by all of theirs. */
function idIn(mutation: CounterMutation, answer: unknown): string {
  if (mutation === 'moveMoney') return (answer as { moved: MoneyMoved }).moved.raised[0]?.chargeId ?? '';
  const found = (answer as Record<string, { id: string } | { id: string }[]>)[payloads[mutation]] ?? [];
  return (Array.isArray(found) ? found : [found]).map(({ id }) => id).join();
}

/** Which list holds what a mutation ends. */
const ended: Partial<Record<CounterMutation, CounterList>> = {
  bounceMeans: 'promises',
  handInCash: 'bags',
  decideSafeMovement: 'movements',
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

type Raised = { move: { charges: { billingAccountId: string; amount: number; chargeTypeCode: string }[] } };

/** What a mutation has begun, by which list others find it. */
function begin(counter: Counter, { mutation, input }: CounterMove, id: string): void {
  if (mutation === 'recordPayment' || mutation === 'topUpMeter') counter.payments.push({ id });
  const { means = 'CASH', amount } = input as { means?: string; amount: number };
  if (mutation === 'recordPayment' && means !== 'CASH' && means !== 'TRANSFER')
    counter.promises.push({ id, means, amount });
  if (mutation === 'requestRefund') counter.refunds.push({ id });
  if (mutation === 'decideRefund' && (input as { isApproved: boolean }).isApproved) counter.approved.push({ id });
  if (mutation === 'startChargeRun') counter.runs.push({ id });
  if (mutation === 'dropCash') counter.bags.push({ id });
  if (mutation === 'recordSafeMovement') counter.movements.push({ id });
  if (mutation !== 'moveMoney') return;
  for (const { billingAccountId, amount: sum, chargeTypeCode } of (input as Raised).move.charges)
    counter.charges.push({
      id,
      billingAccountId,
      amount: sum,
      isDeposit: chargeTypeCode === 'DECORATION_DEPOSIT',
    });
}

const shiftSteps: readonly CounterMutation[] = ['countTill', 'dropCash', 'openCashierSession'];

/** What is there now to be asked for. */
function keep(counter: Counter, desk: Desk, move: CounterMove, id: string): void {
  const { mutation, input } = move;
  const ids = id.split(',');
  counter.done.set(mutation, [...(counter.done.get(mutation) ?? []), ...ids]);
  const list = mutation === 'clearMeans' ? 'promises' : ended[mutation];
  if (list !== undefined) for (const one of ids) putBehind(counter[list], one);
  begin(counter, move, id);
  if (desk.till !== null && shiftSteps.includes(mutation)) desk.till = afterShiftStep(desk.till, mutation, input, id);
}

/** One key has one effect, however often it was asked; who was refused first may have been allowed a moment later. */
function take({ counter, result }: Rig, desk: Desk, operation: Operation, told: readonly Told[]): void {
  const { mutation, times } = operation;
  const ids = told.map(({ answer }) => (answer === null ? null : idIn(mutation, answer)));
  const same = new Set(ids.slice(0, times).filter((id) => id !== null));
  if (same.size > 1) result.faults.push(`${mutation}: one key had different answers`);
  const effects = [...[...same].slice(0, 1), ...ids.slice(times).filter((id) => id !== null)];
  for (const id of effects) keep(counter, desk, operation, id);
  countRefusals(result, mutation, told);
  result.counter[mutation] = (result.counter[mutation] ?? 0) + effects.length;
  result.moved += effects.length;
  result.repeated += told.length - 1;
  result.operations += 1;
}

const inTill = 'query ($id: ID!) { cashierSession(id: $id) { inTill { amount } } }';

/** What a cashier sees in the till before counting it; others may take money meanwhile. */
async function look({ service }: Rig, { till, viewer }: Desk): Promise<void> {
  if (till?.status !== 'OPEN') return;
  type Seen = { cashierSession: { inTill: { amount: number } } | null };
  const answer = await service.ask<Seen>(inTill, { id: till.sessionId }, viewer).catch(() => null);
  till.counted = answer?.data?.cashierSession?.inTill.amount ?? till.counted;
}

/** Several things that one desk does, in one request. */
export async function counterTurn(rig: Rig, count: number): Promise<void> {
  const desk = rig.random.pick(rig.counter.desks);
  await look(rig, desk);
  const operations = Array.from({ length: count }, () => nextOperation(rig, desk));
  const told = await askAtOnce(
    operations.map(({ asked }) => asked),
    (questions) => askAll(rig.service, questions, desk.viewer),
  );
  operations.forEach((operation, index) => take(rig, desk, operation, told[index] ?? []));
}
