import { rows, type Tx } from '@steward/db';
import { seal } from '@steward/service-kit';

/** Billing accounts of a person, and of households in which nobody is left. */
export async function accountsOfErased(tx: Tx, personId: string, vacated: readonly string[]): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    `select id from billing_account
      where (party_kind = 'PERSON' and party_id = $1) or household_id = any($2::uuid[])`,
    [personId, vacated],
  );
  return found.map(({ id }) => id);
}

/**
 * Empties what tells who paid, and in whose words, in what these accounts owe and paid: titles and tax numbers of
 * invoices, contacts at the door, notes of dunning. Amounts, days, numbers, proofs and the ledger stay, as books must be
 * kept. Answers the appointments at the door, whose histories name the contact.
 */
export async function eraseFromAccounts(tx: Tx, accountIds: readonly string[]): Promise<string[]> {
  const empty = seal(tx, '');
  await rows(
    tx,
    `update invoice_request i set title_sealed = $2, title_masked = '***', tax_number_sealed = null
       from payment p where p.id = i.payment_id and p.billing_account_id = any($1::uuid[])`,
    [accountIds, empty],
  );
  await rows(
    tx,
    `update dunning_step s set note_sealed = $2
       from dunning_case c where c.id = s.case_id and c.billing_account_id = any($1::uuid[]) and s.note_sealed is not null`,
    [accountIds, empty],
  );
  const doors = await rows<{ id: string }>(
    tx,
    `update door_collection set contact_name_sealed = $2, contact_name_masked = '***'
      where billing_account_id = any($1::uuid[]) returning id`,
    [accountIds, empty],
  );
  return doors.map(({ id }) => id);
}

/** From that day on the person belongs to no household; what was counted by heads before stays as it was. */
export async function endMemberships(tx: Tx, personId: string, on: string): Promise<void> {
  for (const table of ['household_member', 'household_party'])
    await rows(
      tx,
      `update ${table} set valid_to = greatest(valid_from, $2::date)
        where person_id = $1 and (valid_to is null or valid_to > $2::date)`,
      [personId, on],
    );
}
