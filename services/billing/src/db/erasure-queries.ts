import { rows, txScope, type Tx } from '@steward/db';
import { seal } from '@steward/service-kit';

/** Billing accounts that an erasure concerns, by what is known of whose names stand on them. */
export type AccountsOfErased = {
  /** The person's own. */
  own: string[];
  /** Those, and all of households in which nobody is left. */
  named: string[];
  /** Those, and all of households that the person belonged to: a receipt may be made out to any of their members. */
  near: string[];
};

/** Keeps that a person is erased, once. */
export const keepErased = (tx: Tx, personId: string, erasedAt: string): Promise<unknown[]> =>
  rows(tx, 'insert into erased_person (tenant_id, person_id, erased_at) values ($1, $2, $3) on conflict do nothing', [
    txScope(tx).tenantId,
    personId,
    erasedAt,
  ]);

/**
 * Accounts of an erased person, held until the transaction ends: what is being made out to them is waited for, and what
 * waits for them finds the person erased.
 */
export async function lockAccountsOfErased(
  tx: Tx,
  personId: string,
  vacated: readonly string[],
): Promise<AccountsOfErased> {
  const found = await rows<{ id: string; isOwn: boolean; isNamed: boolean }>(
    tx,
    `select id, party_kind = 'PERSON' and party_id = $1 as "isOwn",
            party_kind = 'PERSON' and party_id = $1 or coalesce(household_id = any($2::uuid[]), false) as "isNamed"
       from billing_account
      where party_id = $1 or household_id = any($2::uuid[]) or household_id in (
              select household_id from household_member where person_id = $1
               union select household_id from household_party where person_id = $1)
      order by id for no key update`,
    [personId, vacated],
  );
  const idsOf = (some: typeof found): string[] => some.map(({ id }) => id);
  return {
    own: idsOf(found.filter(({ isOwn }) => isOwn)),
    named: idsOf(found.filter(({ isNamed }) => isNamed)),
    near: idsOf(found),
  };
}

/** Whether the person who owes is erased; holds the account against an erasure until the transaction ends. */
export async function isPayerErased(tx: Tx, billingAccountId: string): Promise<boolean> {
  const [account] = await rows<{ kind: string; partyId: string }>(
    tx,
    'select party_kind as kind, party_id as "partyId" from billing_account where id = $1 for share',
    [billingAccountId],
  );
  if (account?.kind !== 'PERSON') return false;
  // A statement of its own, which sees what the one before has waited for.
  return (await rows(tx, 'select 1 from erased_person where person_id = $1', [account.partyId])).length > 0;
}

/** A debt of somebody else that is still pursued keeps what was done about it. */
const isOver = (own: string): string => `(c.status = 'SETTLED' or c.billing_account_id = any(${own}::uuid[]))`;

/**
 * Empties what tells who paid, and in whose words, in what these accounts owe and paid: titles and tax numbers of
 * invoices, contacts at the door, notes of dunning, explanations of single charges and waivers. Amounts, days, numbers and the ledger stay, as books must be kept.
 * Answers the appointments at the door, whose histories name the contact.
 */
export async function eraseFromAccounts(tx: Tx, { own, named }: AccountsOfErased): Promise<string[]> {
  const empty = seal(tx, '');
  await rows(
    tx,
    `update invoice_request i set title_sealed = $2, title_masked = '***', tax_number_sealed = null
       from payment p where p.id = i.payment_id and p.billing_account_id = any($1::uuid[])`,
    [named, empty],
  );
  await rows(
    tx,
    `update dunning_step s set note_sealed = $2
       from dunning_case c where c.id = s.case_id and c.billing_account_id = any($1::uuid[]) and ${isOver('$3')}
        and s.note_sealed is not null`,
    [named, empty, own],
  );
  await rows(tx, 'update charge_request set explanation_sealed = $2 where billing_account_id = any($1::uuid[])', [
    named,
    empty,
  ]);
  await rows(tx, 'update waiver set explanation_sealed = $2 where billing_account_id = any($1::uuid[])', [
    named,
    empty,
  ]);
  const doors = await rows<{ id: string }>(
    tx,
    `update door_collection set contact_name_sealed = $2, contact_name_masked = '***'
      where billing_account_id = any($1::uuid[]) returning id`,
    [named, empty],
  );
  return doors.map(({ id }) => id);
}

/** Files that may name an erased person and need not be kept: everything printed, and proofs of dunning that is over. */
export async function papersOf(tx: Tx, { own, named, near }: AccountsOfErased): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    `select file_id as id from printed_document where aggregate_id in (
            select unnest($1::uuid[])
             union all select id from payment where billing_account_id = any($1::uuid[])
             union all select id from charge where billing_account_id = any($1::uuid[])
             union all select id from door_collection where billing_account_id = any($1::uuid[])
             union all select id from dunning_case c where billing_account_id = any($1::uuid[]) and ${isOver('$3')})
      union
     select unnest(s.proof_file_ids) from dunning_step s join dunning_case c on c.id = s.case_id
      where c.billing_account_id = any($2::uuid[]) and ${isOver('$3')}`,
    [near, named, own],
  );
  return found.map(({ id }) => id);
}

/** Vouchers of payments: the books keep them, whatever they say of whom. */
export async function vouchersOf(tx: Tx, { named }: AccountsOfErased): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    `select unnest(proof_file_ids) as id from payment where billing_account_id = any($1::uuid[])
      union
     select unnest(c.proof_file_ids) from payment_clearing c join payment p on p.id = c.payment_id
      where p.billing_account_id = any($1::uuid[])`,
    [named],
  );
  return found.map(({ id }) => id);
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
