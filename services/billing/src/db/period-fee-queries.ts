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

/** Lines of a unit that were made outside a run and are not charged yet. */
export const freshLines = (tx: Tx, unitId: string): Promise<FreshLine[]> =>
  rows<FreshLine>(
    tx,
    `select l.id, l.billing_account_id as "billingAccountId", l.unit_id as "unitId", l.household_id as "householdId",
            l.charge_type_code as "chargeTypeCode", l.period_from as "periodFrom", l.period_to as "periodTo", l.amount,
            l.tax_amount as "taxAmount"
       from charge_line l left join charge c on c.id = l.id
      where l.unit_id = $1 and l.run_id is null and c.id is null order by l.line, l.id`,
    [unitId],
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
