import { DomainError } from '@steward/core';

/** A debt that money can be put against. */
export type OpenCharge = { id: string; chargeTypeCode: string; dueOn: string | null; outstanding: number };

/** A part of a payment put against a charge. */
export type Allocation = { chargeId: string; amount: number };

/** What a payment is to be put against: the oldest debts first, or the payer's own choice. */
export type AllocationWish = { chargeId: string; amount: number | null }[] | null;

export type Allocated = { allocations: Allocation[]; advance: number };

const rule = 'A075';

/** Oldest due first; debts without a due day are due at once, so they come first. Ids break ties. */
const byAge = (one: OpenCharge, other: OpenCharge): number =>
  (one.dueOn ?? '').localeCompare(other.dueOn ?? '') || one.id.localeCompare(other.id);

function wished(charges: readonly OpenCharge[], wish: NonNullable<AllocationWish>, amount: number): Allocation[] {
  const open = new Map(charges.map((charge) => [charge.id, charge]));
  let left = amount;
  return wish.map(({ chargeId, amount: part }, index) => {
    const charge = open.get(chargeId);
    const path = `input.allocations.${index}`;
    if (charge === undefined) throw new DomainError('BAD_USER_INPUT', 'CHARGE_NOT_OPEN', { path, rule });
    open.delete(chargeId);
    const taken = part ?? Math.min(charge.outstanding, left);
    if (taken < 1 || taken > charge.outstanding) {
      const params = { outstanding: charge.outstanding };
      throw new DomainError('BAD_USER_INPUT', 'ALLOCATION_EXCEEDS_DEBT', { path, rule, params });
    }
    if (taken > left) throw new DomainError('BAD_USER_INPUT', 'ALLOCATION_EXCEEDS_PAYMENT', { path, rule });
    left -= taken;
    return { chargeId, amount: taken };
  });
}

function oldestFirst(charges: readonly OpenCharge[], amount: number): Allocation[] {
  let left = amount;
  const allocations: Allocation[] = [];
  for (const { id: chargeId, outstanding } of [...charges].sort(byAge)) {
    const taken = Math.min(outstanding, left);
    if (taken > 0) allocations.push({ chargeId, amount: taken });
    left -= taken;
  }
  return allocations;
}

/**
 * Divides a payment among open debts: as the payer says, else the oldest first (Civil Code, article 560: the debtor names
 * the debt, else the one due first). What is left is an advance, unless advances are not taken. The parts and the advance
 * make up the payment exactly.
 */
export function allocate(
  charges: readonly OpenCharge[],
  amount: number,
  wish: AllocationWish,
  { takesAdvances }: { takesAdvances: boolean },
): Allocated {
  if (!Number.isSafeInteger(amount) || amount < 1)
    throw new DomainError('BAD_USER_INPUT', 'AMOUNT_NOT_POSITIVE', { path: 'input.amount', rule });
  const allocations = wish === null ? oldestFirst(charges, amount) : wished(charges, wish, amount);
  const advance = amount - allocations.reduce((sum, part) => sum + part.amount, 0);
  if (advance > 0 && !takesAdvances) {
    const params = { advance };
    throw new DomainError('BAD_USER_INPUT', 'ADVANCE_NOT_TAKEN', { path: 'input.amount', rule, params });
  }
  return { allocations, advance };
}
