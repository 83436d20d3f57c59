/** Something that moves money in the proof; ids are the proof's, so that a repetition is recognised. */
export type MoneyMove =
  | { kind: 'charge'; charges: readonly ChargeMove[] }
  | { kind: 'lateFee'; charges: readonly ChargeMove[] }
  | { kind: 'apportion'; billingAccountIds: readonly string[]; totalAmount: number; chargeTypeCode: string }
  | { kind: 'run'; billingAccountIds: readonly string[]; amount: number; chargeTypeCode: string }
  | { kind: 'pay'; billingAccountId: string; amount: number }
  | { kind: 'refund'; billingAccountId: string; amount: number }
  | { kind: 'void'; transactionId: string; billingAccountId: string }
  | { kind: 'reverse'; chargeId: string }
  | { kind: 'topUp'; billingAccountId: string; amount: number }
  | { kind: 'consume'; billingAccountId: string; amount: number }
  | { kind: 'sell'; unitId: string };

export type ChargeMove = { billingAccountId: string; chargeTypeCode: string; amount: number; taxAmount: number };

/** What a move did, by which whoever asked for it can follow the books. */
export type MoneyMoved = {
  /** Charges that were raised, with their amounts. */
  raised: { chargeId: string; billingAccountId: string; amount: number }[];
  /** By how much what is left of charges changed. */
  changed: { chargeId: string; amount: number }[];
  /** By how much what parties hold with us changed; positive: we owe them more. */
  advance: number;
  prepaid: number;
  cash: number;
  transactionIds: string[];
  /** The party that owes for a unit that was sold. */
  billingAccountId: string | null;
};

export const nothingMoved: MoneyMoved = {
  raised: [],
  changed: [],
  advance: 0,
  prepaid: 0,
  cash: 0,
  transactionIds: [],
  billingAccountId: null,
};

/** Shares of a total that sum to it to the cent: everybody the floor, the first ones the rest. */
export function sharesOf(totalAmount: number, count: number): number[] {
  const floor = Math.floor(totalAmount / count);
  const rest = totalAmount - floor * count;
  return Array.from({ length: count }, (_, index) => floor + (index < rest ? 1 : 0));
}
