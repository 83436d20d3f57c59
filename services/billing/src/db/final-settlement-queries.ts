import { rows, type Tx } from '@steward/db';

import type { Charge, OpenCharge } from '../domain/charge.ts';
import { lockCharges } from './charge-queries.ts';

/**
 * Final settlements, which are charges of the kind `finalCode`, that are done now that these charges are settled: nothing
 * else of the unit and household is open.
 */
export async function finalSettlementsDone(
  tx: Tx,
  settled: readonly Charge[],
  finalCode: string,
): Promise<OpenCharge[]> {
  const places = settled.filter(
    ({ status, unitId, householdId, chargeTypeCode }) =>
      status === 'SETTLED' && unitId !== null && householdId !== null && chargeTypeCode !== finalCode,
  );
  if (places.length === 0) return [];
  return openFinals(tx, places, finalCode);
}

type Holding = Pick<Charge, 'unitId' | 'householdId'>;

async function openFinals(tx: Tx, places: readonly Holding[], finalCode: string): Promise<OpenCharge[]> {
  const found = await rows<{ id: string }>(
    tx,
    `select f.id from (select distinct * from unnest($1::uuid[], $2::uuid[]) as p(unit_id, household_id)) p
       join charge f on f.unit_id = p.unit_id and f.household_id = p.household_id
      where f.charge_type_code = $3 and f.status = 'OPEN' and not exists (
        select 1 from charge c where c.unit_id = f.unit_id and c.household_id = f.household_id
           and c.status = 'OPEN' and c.charge_type_code <> $3)`,
    [places.map(({ unitId }) => unitId), places.map(({ householdId }) => householdId), finalCode],
  );
  return found.length === 0
    ? []
    : lockCharges(
        tx,
        found.map(({ id }) => id),
      );
}

/** The open final settlement of a unit and household if nothing else is open any more. */
export const finalSettlementOf = (tx: Tx, holding: Holding, finalCode: string): Promise<OpenCharge[]> =>
  openFinals(tx, [holding], finalCode);
