import { rows, type Tx } from '@steward/db';
import { billingAccountOpened } from '@steward/events';
import { insertAggregates, nextNumbers, publish } from '@steward/service-kit';

import { billingAccountEntity } from '../db/charge-entities.ts';
import { billingAccountAggregate } from '../db/ledger-aggregates.ts';
import { communityOfBooks, liableAccountOf, partiesOf, todayIn } from '../db/reference-queries.ts';
import type { BillingAccount, Party } from '../domain/billing-account.ts';
import { numberPrefixes } from '../domain/ledger-policy.ts';
import { payingParty } from '../domain/liability-rules.ts';

/** Who owes in a community, for a unit or for none. */
export type LiableParty = { unitId: string | null; householdId: string | null; party: Party };

type Place = { communityId: string; unitId: string | null };

async function accountIds(tx: Tx, communityId: string, liable: readonly LiableParty[]): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    `select billing_account_id($1, p.unit, p.kind, p.party) as id
       from unnest($2::uuid[], $3::text[], $4::uuid[]) with ordinality as p(unit, kind, party, place) order by p.place`,
    [
      communityId,
      liable.map(({ unitId }) => unitId),
      liable.map(({ party }) => party.kind),
      liable.map(({ party }) => party.id),
    ],
  );
  return found.map(({ id }) => id);
}

/** The ids of the parties' billing accounts in their order; those that are not there yet are opened. */
export async function ensureBillingAccounts(
  tx: Tx,
  communityId: string,
  liable: readonly LiableParty[],
): Promise<string[]> {
  if (liable.length === 0) return [];
  const ids = await accountIds(tx, communityId, liable);
  const missing = await missingOf(tx, ids);
  if (missing.size === 0) return ids;
  // Two that open the same account at once: the second waits and finds it.
  await rows(tx, 'select pg_advisory_xact_lock(hashtextextended($1, 0))', [`billing-accounts/${communityId}`]);
  const still = await missingOf(tx, ids);
  const fresh = new Map(
    ids.map((id, index) => [id, liable[index] as LiableParty]).filter(([id]) => still.has(id as string)) as [
      string,
      LiableParty,
    ][],
  );
  await openAccounts(tx, communityId, fresh);
  return ids;
}

async function missingOf(tx: Tx, ids: readonly string[]): Promise<Set<string>> {
  const known = await tx
    .createQueryBuilder(billingAccountEntity, 'b')
    .select('b.id')
    .where('b.id = any(:ids)', { ids })
    .getMany();
  const found = new Set(known.map(({ id }) => id));
  return new Set(ids.filter((id) => !found.has(id)));
}

async function openAccounts(tx: Tx, communityId: string, fresh: ReadonlyMap<string, LiableParty>): Promise<void> {
  const { timeZone: zone } = await communityOfBooks(tx, communityId);
  const numbers = await nextNumbers(tx, {
    communityId,
    prefix: numberPrefixes.billingAccount,
    zone,
    count: fresh.size,
  });
  const accounts = [...fresh].map(([id, { unitId, householdId, party }], index) => ({
    id,
    communityId,
    number: numbers[index] as string,
    unitId,
    householdId,
    partyKind: party.kind,
    partyId: party.id,
  }));
  const opened = await insertAggregates(tx, billingAccountAggregate, accounts, { action: 'openBillingAccount' });
  for (const account of opened) publish(tx, account, billingAccountOpened, openedFact(account));
}

const openedFact = ({ id, communityId, unitId, householdId, partyKind, partyId }: BillingAccount) => ({
  billingAccountId: id,
  communityId,
  unitId,
  householdId,
  partyKind,
  partyId,
});

/**
 * The billing account that pays for what a household ordered for a unit, else for what the unit costs; null if neither
 * says who that is.
 */
export async function payingAccount(
  tx: Tx,
  { communityId, unitId, householdId }: Place & { householdId: string | null },
): Promise<string | null> {
  const today = await todayIn(tx, communityId);
  if (householdId === null) return unitId === null ? null : liableAccountOf(tx, unitId, today);
  const party = payingParty(householdId, await partiesOf(tx, householdId), today);
  const [id] = await ensureBillingAccounts(tx, communityId, [{ unitId, householdId, party }]);
  return id as string;
}
