import type { Maker } from './counter-moves.ts';
import type { CounterMutation, Till } from './counter.ts';

/** Notes and coins for an amount, the largest first. */
function pieces(amount: number): { denomination: number; count: number }[] {
  let left = Math.max(0, amount);
  return [10_000, 5_000, 2_000, 1_000, 500, 100, 50, 10, 5, 2, 1].flatMap((denomination) => {
    const count = Math.floor(left / denomination);
    left -= count * denomination;
    return count === 0 ? [] : [{ denomination, count }];
  });
}

const next = { OPEN: 'countTill', COUNTED: 'dropCash', DROPPED: 'openCashierSession' } as const;

/** What comes next in a shift, or begins the one after it. */
export const nextShiftStep = ({ status }: Till): CounterMutation => next[status];

/** What stays in a till of what was counted. */
const floatOf = (counted: number): number => Math.min(counted, 50_000);

type ShiftMutation =
  'countTill' | 'dropCash' | 'openCashierSession' | 'handInCash' | 'recordSafeMovement' | 'decideSafeMovement';

/** What ends a shift and begins the next one, and cash between bank and safe; some count wrongly, at the end or of what was left to them. */
export const shiftMakers: Record<ShiftMutation, Maker> = {
  countTill: (_counter, random, { till }) => ({
    id: till?.sessionId,
    pieces: pieces((till?.counted ?? 0) + random.pick([0, 0, 0, 100, -100])),
  }),
  dropCash: ({ desks }, random, { till, viewer, signatureId }) => {
    const counted = till?.counted ?? 0;
    const others = desks.filter((desk) => desk.viewer !== viewer);
    const floatLeft = random.chance(0.9) ? floatOf(counted) : 0;
    const witnessId = random.pick(others).viewer.staffId;
    const bag = { amount: counted - floatLeft, floatLeft, bag: 'B-1', witnessId, signatureFileId: signatureId };
    return { id: till?.sessionId, ...bag };
  },
  openCashierSession: ({ communityId }, random, { till }) => {
    const left = till?.floatLeft === undefined || till.floatLeft === 0 ? 50_000 : till.floatLeft;
    return { communityId, book: till?.book, pieces: pieces(left + random.pick([0, 0, 0, 0, 100, -100])) };
  },
  handInCash: ({ bags }, random) => {
    const place = random.pick(['BANK', 'SAFE'] as const);
    return { id: random.pick(bags).id, depositSlip: 'D-1', place };
  },
  recordSafeMovement: ({ communityId }, random, { proofId }) => {
    const direction = random.pick(['TO_SAFE', 'TO_SAFE', 'TO_BANK'] as const);
    return { communityId, direction, amount: random.int(1, 100_000), reference: 'CK 2', proofFileIds: [proofId] };
  },
  decideSafeMovement: ({ movements }, random) => ({
    id: random.pick(movements.slice(-4)).id,
    isConfirmed: random.chance(0.8),
  }),
};

/** What a till is after an answer: the next step of its shift is of that. */
export function afterShiftStep(till: Till, mutation: CounterMutation, input: object, id: string): Till {
  if (mutation === 'openCashierSession') return { ...till, sessionId: id, status: 'OPEN', counted: 0, floatLeft: 0 };
  if (id !== till.sessionId) return till;
  if (mutation === 'countTill') {
    const counted = (input as { pieces: { denomination: number; count: number }[] }).pieces;
    const sum = counted.reduce((total, { denomination, count }) => total + denomination * count, 0);
    return { ...till, status: 'COUNTED', counted: sum };
  }
  const { floatLeft } = input as { floatLeft: number };
  return { ...till, status: 'DROPPED', floatLeft };
}
