import { rows, txScope, type Tx } from '@steward/db';

import type { AccountKey, LedgerAccountType } from '../domain/ledger.ts';

/** The first day of a community's books that still takes postings; null: all do. */
export async function closedToOf(tx: Tx, communityId: string): Promise<string | null> {
  const [chain] = await rows<{ closedTo: string | null }>(
    tx,
    `select closed_to as "closedTo" from ledger_chain where community_id = $1`,
    [communityId],
  );
  return chain?.closedTo ?? null;
}

/** Balances of accounts by their keys, in their order; debit is positive, an account without postings has 0. */
export async function balancesOf(tx: Tx, communityId: string, keys: readonly AccountKey[]): Promise<number[]> {
  const found = await rows<{ balance: number }>(
    tx,
    `select ledger_balance(ledger_account_id($1, c.currency, k.type, k.billing_account, k.charge_type, k.reference))
              as balance
       from community_reference c
      cross join unnest($2::text[], $3::uuid[], $4::text[], $5::uuid[]) with ordinality
              as k(type, billing_account, charge_type, reference, place)
      where c.id = $1 order by k.place`,
    [
      communityId,
      keys.map(({ type }) => type),
      keys.map(({ billingAccountId }) => billingAccountId ?? null),
      keys.map(({ chargeTypeCode }) => chargeTypeCode ?? null),
      keys.map(({ referenceId }) => referenceId ?? null),
    ],
  );
  return found.map(({ balance }) => balance);
}

/** The chain of a community, locked: nobody posts until the transaction ends. It begins here if nothing was posted yet. */
export async function lockChain(tx: Tx, communityId: string): Promise<{ height: number; hash: Buffer }> {
  const { tenantId } = txScope(tx);
  await rows(
    tx,
    `insert into ledger_chain (community_id, tenant_id, height, hash) values ($1, $2, 0, ledger_genesis($1))
     on conflict do nothing`,
    [communityId, tenantId],
  );
  const [chain] = await rows<{ height: number; hash: Buffer }>(
    tx,
    'select height, hash from ledger_chain where community_id = $1 for update',
    [communityId],
  );
  if (chain === undefined) throw new Error('a chain that was begun is there');
  return chain;
}

/** Up to where the books are closed, and where they begin. */
export async function booksOf(
  tx: Tx,
  communityId: string,
): Promise<{ closedTo: string | null; firstDay: string | null }> {
  const closedTo = await closedToOf(tx, communityId);
  const [first] = await rows<{ day: string | null }>(
    tx,
    'select min(occurred_on) as day from ledger_transaction where community_id = $1',
    [communityId],
  );
  return { closedTo, firstDay: first?.day ?? null };
}

/** The head that was published last; null if none was. */
export async function lastHeadOf(tx: Tx, communityId: string): Promise<{ onDay: string; height: number } | null> {
  const [head] = await rows<{ onDay: string; height: number }>(
    tx,
    `select on_day as "onDay", height from ledger_head where community_id = $1 order by on_day desc limit 1`,
    [communityId],
  );
  return head ?? null;
}

/** Balances of a community by kind of account and charge type, before a day or now. */
export const balancesByType = (
  tx: Tx,
  communityId: string,
  before: string | null,
): Promise<{ accountType: LedgerAccountType; chargeTypeCode: string | null; balance: number; currency: string }[]> =>
  rows(
    tx,
    `select type as "accountType", charge_type_code as "chargeTypeCode", currency,
            sum(ledger_balance_before(id, coalesce($2::date, 'infinity')))::bigint as balance
       from ledger_account where community_id = $1 group by type, charge_type_code, currency
      order by type, charge_type_code`,
    [communityId, before],
  );
