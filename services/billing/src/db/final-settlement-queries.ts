import { prepared, rows, type Tx } from '@steward/db';

import type { Charge, OpenCharge } from '../domain/charge.ts';
import { lockCharges } from './charge-queries.ts';

/**
 * Final settlements, which are charges of the kind `finalCode`, that are done now that these charges are settled or taken
 * back: nothing else of the unit and household is open.
 */
export async function finalSettlementsDone(
  tx: Tx,
  closed: readonly Charge[],
  finalCode: string,
): Promise<OpenCharge[]> {
  const places = closed.filter(
    ({ status, unitId, householdId, chargeTypeCode }) =>
      status !== 'OPEN' && unitId !== null && householdId !== null && chargeTypeCode !== finalCode,
  );
  const distinct = new Map(places.map((place) => [`${place.unitId} ${place.householdId}`, place]));
  return distinct.size === 0 ? [] : openFinals(tx, [...distinct.values()]);
}

type Holding = Pick<Charge, 'unitId' | 'householdId'>;

// By an index that holds the few open final settlements alone.
const finalsDone = prepared(`
  select f.id from unnest($1::uuid[], $2::uuid[]) as p(unit_id, household_id)
    join charge f on f.unit_id = p.unit_id and f.household_id = p.household_id
   where f.charge_type_code = 'FINAL_SETTLEMENT' and f.status = 'OPEN' and not exists (
     select 1 from charge c where c.unit_id = f.unit_id and c.household_id = f.household_id
        and c.status = 'OPEN' and c.charge_type_code <> 'FINAL_SETTLEMENT')`);

/** Places are named once each. */
async function openFinals(tx: Tx, places: readonly Holding[]): Promise<OpenCharge[]> {
  const found = await rows<{ id: string }>(tx, finalsDone, [
    places.map(({ unitId }) => unitId),
    places.map(({ householdId }) => householdId),
  ]);
  return found.length === 0
    ? []
    : lockCharges(
        tx,
        found.map(({ id }) => id),
      );
}

/** The open final settlement of a unit and household if nothing else is open any more. */
export const finalSettlementOf = (tx: Tx, holding: Holding): Promise<OpenCharge[]> => openFinals(tx, [holding]);

/** Final settlements that are done now that a step of a charge run was taken back. */
export async function finalSettlementsOfStep(
  tx: Tx,
  { runId, chunk }: { runId: string; chunk: number },
): Promise<OpenCharge[]> {
  const places = await rows<Holding>(
    tx,
    `select distinct l.unit_id as "unitId", l.household_id as "householdId" from charge_line l
       join charge f on f.unit_id = l.unit_id and f.household_id = l.household_id and f.charge_type_code = 'FINAL_SETTLEMENT'
                    and f.status = 'OPEN'
      where l.run_id = $1 and l.chunk = $2`,
    [runId, chunk],
  );
  return places.length === 0 ? [] : openFinals(tx, places);
}
