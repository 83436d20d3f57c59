import type { SeededRandom } from '../demo/seeded-random.ts';
import type { MoneyMove, MoneyMoved } from './money-moves.ts';

/** What the answers of the service say that must be in the books of a community. */
export type CommunityModel = {
  id: string;
  units: Map<string, string>;
  accounts: string[];
  /** What is left of each charge. */
  outstanding: Map<string, number>;
  accountOfCharge: Map<string, string>;
  reversed: Set<string>;
  /** Payments that are not void. */
  payments: { transactionId: string; billingAccountId: string }[];
  advance: number;
  prepaid: number;
  cash: number;
  transactions: number;
};

export const newModel = (id: string): CommunityModel => ({
  id,
  units: new Map(),
  accounts: [],
  outstanding: new Map(),
  accountOfCharge: new Map(),
  reversed: new Set(),
  payments: [],
  advance: 0,
  prepaid: 0,
  cash: 0,
  transactions: 0,
});

/** Takes an answer into the model. */
export function apply(model: CommunityModel, move: MoneyMove, moved: MoneyMoved): void {
  for (const { chargeId, billingAccountId, amount } of moved.raised) {
    model.outstanding.set(chargeId, (model.outstanding.get(chargeId) ?? 0) + amount);
    model.accountOfCharge.set(chargeId, billingAccountId);
    if (amount !== 0) model.transactions += 1;
  }
  // An answer of a payment may come before the one of the charge it pays: sums do not mind.
  for (const { chargeId, amount } of moved.changed)
    model.outstanding.set(chargeId, (model.outstanding.get(chargeId) ?? 0) + amount);
  model.advance += moved.advance;
  model.prepaid += moved.prepaid;
  model.cash += moved.cash;
  model.transactions += moved.transactionIds.length;
  if (move.kind === 'reverse') {
    model.reversed.add(move.chargeId);
    model.transactions += 1;
  }
  const [transactionId] = moved.transactionIds;
  if (move.kind === 'pay' && transactionId !== undefined)
    model.payments.push({ transactionId, billingAccountId: move.billingAccountId });
  if (move.kind === 'sell' && moved.billingAccountId !== null) {
    model.units.set(move.unitId, moved.billingAccountId);
    model.accounts.push(moved.billingAccountId);
  }
}

const chargeTypes = ['MANAGEMENT_FEE', 'WATER', 'ELECTRICITY', 'HEATING', 'PAID_SERVICE'] as const;

const kinds: readonly MoneyMove['kind'][] = [
  ...Array<'charge'>(20).fill('charge'),
  ...Array<'pay'>(30).fill('pay'),
  ...Array<'reverse'>(8).fill('reverse'),
  ...Array<'void'>(8).fill('void'),
  ...Array<'refund'>(8).fill('refund'),
  ...Array<'topUp'>(6).fill('topUp'),
  ...Array<'consume'>(8).fill('consume'),
  ...Array<'lateFee'>(4).fill('lateFee'),
  ...Array<'apportion'>(4).fill('apportion'),
  ...Array<'run'>(2).fill('run'),
  ...Array<'sell'>(2).fill('sell'),
];

/** The next operation: what it needs is there, what it asks may be refused all the same. */
export function nextMove(model: CommunityModel, random: SeededRandom): MoneyMove {
  const billingAccountId = random.pick(model.accounts);
  const amount = random.int(1, 50_000);
  const chargeTypeCode = random.pick(chargeTypes);
  const charge = (sum: number) => ({ billingAccountId, chargeTypeCode, amount: sum, taxAmount: Math.floor(sum / 17) });
  const some = (): string[] => [...new Set(Array.from({ length: 7 }, () => random.pick(model.accounts)))];
  const kind = random.pick(kinds);
  switch (kind) {
    case 'charge':
      // Days of a period that is not whole: the first of them, rounded once.
      return { kind, charges: [charge(Math.floor((amount * random.int(1, 30)) / 30) + 1)] };
    case 'lateFee':
      return { kind, charges: [charge(Math.floor(amount / 1_000) + 1)] };
    case 'apportion':
      return { kind, billingAccountIds: some(), totalAmount: amount, chargeTypeCode: 'WATER' };
    case 'run':
      return { kind, billingAccountIds: some(), amount, chargeTypeCode };
    case 'reverse': {
      const open = [...model.outstanding.keys()].filter((id) => !model.reversed.has(id));
      return open.length === 0 ? { kind: 'charge', charges: [charge(amount)] } : { kind, chargeId: random.pick(open) };
    }
    case 'void': {
      const payment = model.payments.at(random.int(0, Math.max(0, model.payments.length - 1)));
      return payment === undefined ? { kind: 'pay', billingAccountId, amount } : { kind, ...payment };
    }
    case 'sell':
      return { kind, unitId: random.pick([...model.units.keys()]) };
    default:
      return { kind, billingAccountId, amount };
  }
}
