import { rows, type Tx } from '@steward/db';

/** Says of orders that are found by their number whose they are. */
export const moveOrderKeys = async (
  tx: Tx,
  orders: readonly { id: string; householdId: string | null }[],
): Promise<void> => {
  await rows(
    tx,
    `update caller_key k set household_id = moved.household_id
       from unnest($1::uuid[], $2::uuid[]) as moved(id, household_id) where k.subject_id = moved.id`,
    [orders.map(({ id }) => id), orders.map(({ householdId }) => householdId)],
  );
};
