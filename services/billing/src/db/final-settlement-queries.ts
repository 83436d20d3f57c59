import { prepared, rows, type Tx } from '@steward/db';

import type { Charge, OpenCharge } from '../domain/charge.ts';
import { lockCharges } from './charge-queries.ts';

/**
 * Final settlements, which are charges of the kind `finalCode`, that are done now that these charges are settled or taken
 * back: nothing else of the unit and household is open, and nothing is to be charged anew.
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

// By an index that holds the few open final settlements alone. Locked: of two that pay the last two debts at once, the
// second looks at what is open when the first has committed.
const finalsHere = prepared(`
  select f.id from unnest($1::uuid[], $2::uuid[]) as p(unit_id, household_id)
    join charge f on f.unit_id = p.unit_id and f.household_id = p.household_id
   where f.charge_type_code = 'FINAL_SETTLEMENT' and f.status = 'OPEN' order by f.id for update of f`);

const finalsDone = prepared(`
  select f.id from charge f where f.id = any($1::uuid[]) and not exists (
     select 1 from charge c where c.unit_id = f.unit_id and c.household_id = f.household_id
        and c.status = 'OPEN' and c.charge_type_code <> 'FINAL_SETTLEMENT')`);

/** Places are named once each. */
async function openFinals(tx: Tx, places: readonly Holding[]): Promise<OpenCharge[]> {
  const here = await rows<{ id: string }>(tx, finalsHere, [
    places.map(({ unitId }) => unitId),
    places.map(({ householdId }) => householdId),
  ]);
  if (here.length === 0) return [];
  const found = await rows<{ id: string }>(tx, finalsDone, [here.map(({ id }) => id)]);
  const ids = found.map(({ id }) => id);
  const waiting = new Set((await rows<{ id: string }>(tx, finalsWaiting, [ids])).map(({ id }) => id));
  return lockCharges(
    tx,
    ids.filter((id) => !waiting.has(id)),
  );
}

/**
 * Those of some final settlements that wait for a run: what a whole run charged was charged wrongly and is owed by another
 * figure, so whoever is leaving waits until the same days are charged anew. A settlement that is asked for after the run
 * was taken back does not wait: somebody has looked at it since.
 */
const finalsWaiting = `
  select f.id from charge f where f.id = any($1::uuid[]) and exists (
    select 1 from charge b join charge_run r on r.id = b.run_id and r.status in ('REVERSING', 'REVERSED')
     where b.unit_id = f.unit_id and b.household_id = f.household_id and b.status = 'REVERSED'
       and b.reversed_at > f.created_at and not exists (
         select 1 from charge n where n.unit_id = b.unit_id and n.household_id = b.household_id
            and n.charge_type_code = b.charge_type_code and n.status <> 'REVERSED'
            and n.period_from < b.period_to and n.period_to > b.period_from))`;

/** The open final settlement of a unit and household if nothing else is open any more. */
export const finalSettlementOf = (tx: Tx, holding: Holding): Promise<OpenCharge[]> => openFinals(tx, [holding]);
