import { rows, type Tx } from '@steward/db';

/** A line that was made outside a run and has no charge yet. */
export type FreshLine = {
  id: string;
  billingAccountId: string;
  unitId: string;
  householdId: string;
  chargeTypeCode: string;
  periodFrom: string;
  periodTo: string;
  amount: number;
  taxAmount: number;
};

/** Lines of units that were made outside a run and are not charged yet. */
export const freshLines = (tx: Tx, unitIds: readonly string[]): Promise<FreshLine[]> =>
  rows<FreshLine>(
    tx,
    `select l.id, l.billing_account_id as "billingAccountId", l.unit_id as "unitId", l.household_id as "householdId",
            l.charge_type_code as "chargeTypeCode", l.period_from as "periodFrom", l.period_to as "periodTo", l.amount,
            l.tax_amount as "taxAmount"
       from charge_line l left join charge c on c.id = l.id
      where l.unit_id = any($1::uuid[]) and l.run_id is null and l.reversed_at is null and c.id is null
      order by l.unit_id, l.line, l.id`,
    [unitIds],
  );

/** Whether a kind was charged to a household for a unit on a day. */
export async function isCharged(
  tx: Tx,
  { unitId, householdId, code, day }: { unitId: string; householdId: string; code: string; day: string },
): Promise<boolean> {
  const found = await rows(
    tx,
    `select 1 from charge_line where unit_id = $1 and household_id = $2 and charge_type_code = $3
        and reversed_at is null and period_from <= $4 and period_to > $4 limit 1`,
    [unitId, householdId, code, day],
  );
  return found.length > 0;
}

/**
 * Charges that a household came to owe when it followed somebody else in a unit, of a kind and a day, and of which nothing
 * was paid yet.
 */
export const takenOverCharges = (
  tx: Tx,
  { unitId, householdId, code, day }: { unitId: string; householdId: string; code: string; day: string },
): Promise<{ id: string; periodFrom: string }[]> =>
  rows(
    tx,
    `select c.id, c.period_from as "periodFrom" from charge c
      where c.unit_id = $1 and c.household_id = $2 and c.charge_type_code = $3 and c.status = 'OPEN'
        and c.cause_service = 'billing' and c.cause_type = 'charge' and c.period_from <= $4 and c.period_to > $4
        and c.amount = (select sum(p.amount) from ledger_posting p where p.charge_id = c.id)
      order by c.period_from, c.id`,
    [unitId, householdId, code, day],
  );

/** The billing account of a household for a unit, the one that answers last. */
export async function accountOfHousehold(tx: Tx, unitId: string, householdId: string): Promise<string | null> {
  const [found] = await rows<{ id: string }>(
    tx,
    `select billing_account_id as id from unit_liability where unit_id = $1 and household_id = $2
      order by valid_from desc, id limit 1`,
    [unitId, householdId],
  );
  return found?.id ?? null;
}
