import { rows, type Tx } from '@steward/db';
import { seal } from '@steward/service-kit';

/**
 * Empties what tells who asked for a repair, and in whose words: of the orders the person asked for, and of those of
 * households in which nobody is left. Place, times, work and amounts stay. Answers the orders.
 */
export async function eraseFromOrders(tx: Tx, personId: string, vacated: readonly string[]): Promise<string[]> {
  const empty = seal(tx, '');
  const erased = await rows<{ id: string }>(
    tx,
    `update work_order set contact_name_sealed = null, contact_name_masked = null, contact_phone_sealed = null,
            contact_phone_masked = null, contact_phone_index = null, description_sealed = $3,
            completion_note_sealed = case when completion_note_sealed is not null then $3 end,
            opinion_sealed = case when opinion_sealed is not null then $3 end
      where requester_id = $1 or household_id = any($2::uuid[]) returning id`,
    [personId, vacated, empty],
  );
  const ids = erased.map(({ id }) => id);
  await rows(tx, 'update work_order_remark set text_sealed = $2 where work_order_id = any($1::uuid[])', [ids, empty]);
  await rows(tx, 'update work_order_quote set effect_sealed = $2 where work_order_id = any($1::uuid[])', [ids, empty]);
  return ids;
}
