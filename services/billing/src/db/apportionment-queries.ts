import { createHash } from 'node:crypto';

import { newId } from '@steward/core';
import { rows, txScope, type Tx } from '@steward/db';

import type { Share } from '../domain/apportionment-rules.ts';
import type { Apportionment } from '../domain/apportionment.ts';

/** A unit that may bear a share, with whoever answers for it on the last day of the period. */
export type BearingUnit = {
  id: string;
  area: string | null;
  usage: string;
  sectionId: string;
  billingAccountId: string;
  householdId: string;
  persons: string;
  used: string;
};

/** What a common supply is measured by in the units. */
const ownKind: Readonly<Record<string, string>> = { PUBLIC_WATER: 'WATER', PUBLIC_ELECTRICITY: 'ELECTRICITY' };

type Asked = Pick<Apportionment, 'communityId' | 'chargeTypeCode' | 'placeId' | 'periodFrom' | 'periodTo'>;

/** Held units below a place, in the order of their ids: a unit that nobody holds bears nothing. */
export function bearingUnits(tx: Tx, asked: Asked, { onlyOwners }: { onlyOwners: boolean }): Promise<BearingUnit[]> {
  const { communityId, chargeTypeCode, placeId, periodFrom, periodTo } = asked;
  return rows<BearingUnit>(
    tx,
    `select u.id, u.area_m2::text as area, coalesce(u.usage, '') as usage,
            regexp_replace(u.path, '/[^/]+$', '') as "sectionId", h.billing_account_id as "billingAccountId",
            h.household_id as "householdId", p.persons, coalesce(m.used, 0)::text as used
       from unit_reference u
       left join unit_reference place on place.id = $2
       cross join lateral (
         select l.billing_account_id, l.household_id from unit_liability l
          where l.community_id = $1 and l.unit_id = u.id and daterange(l.valid_from, l.valid_to) @> ($4::date - 1)
            and (not $6::boolean or l.tenure = 'OWNED')
          order by l.tenure desc, l.valid_from, l.household_id, l.id limit 1) h
       cross join lateral (
         select count(*)::text as persons from household_member m where m.household_id = h.household_id
            and m.valid_from <= $3::date and (m.valid_to is null or m.valid_to > $3::date)) p
       left join lateral (
         select sum(r.used) as used from meter m join meter_reading r on r.meter_id = m.id
          where m.unit_id = u.id and m.kind = $5 and r.voided_at is null
            and r.taken_on > $3::date and r.taken_on <= $4::date) m on true
      where u.community_id = $1 and u.kind = 'UNIT'
        and ($2::uuid is null or u.path = place.path or starts_with(u.path, place.path || '/'))
      order by u.id`,
    [communityId, placeId, periodFrom, periodTo, ownKind[chargeTypeCode] ?? '', onlyOwners],
  );
}

/** The same shares have the same digest, whoever computes them again and when. */
export function sharesDigest(asked: Asked & { totalAmount: number; basis: string }, shares: readonly Share[]): string {
  const hash = createHash('sha256');
  const { communityId, chargeTypeCode, periodFrom, periodTo, totalAmount, basis } = asked;
  hash.update([communityId, chargeTypeCode, basis, periodFrom, periodTo, totalAmount].join('|'));
  const inOrder = [...shares].sort((one, other) => (one.id < other.id ? -1 : 1));
  for (const { id, weight, amount } of inOrder) hash.update(`\n${id}|${weight}|${amount}`);
  return hash.digest('hex');
}

export async function insertShares(
  tx: Tx,
  apportionmentId: string,
  shares: readonly Share[],
  units: ReadonlyMap<string, BearingUnit>,
): Promise<void> {
  await rows(
    tx,
    `insert into apportionment_share (id, tenant_id, apportionment_id, bearer, unit_id, household_id,
       billing_account_id, weight, amount)
     select s.id, $1, $2, s.bearer, s.unit_id, s.household_id, s.billing_account_id, s.weight, s.amount
       from unnest($3::uuid[], $4::text[], $5::uuid[], $6::uuid[], $7::uuid[], $8::numeric[], $9::bigint[])
         as s(id, bearer, unit_id, household_id, billing_account_id, weight, amount)`,
    [
      txScope(tx).tenantId,
      apportionmentId,
      shares.map(() => newId()),
      shares.map(({ id }) => id),
      shares.map(({ id }) => units.get(id)?.id ?? null),
      shares.map(({ id }) => units.get(id)?.householdId ?? null),
      shares.map(({ id }) => units.get(id)?.billingAccountId ?? null),
      shares.map(({ weight }) => weight),
      shares.map(({ amount }) => amount),
    ],
  );
}

/** Whether a run has lines of these shares that stand. */
export const areSharesCharged = async (tx: Tx, apportionmentId: string): Promise<boolean> =>
  (
    await rows(
      tx,
      `select 1 from charge_line where source_id = $1 and method = 'SHARE' and reversed_at is null limit 1`,
      [apportionmentId],
    )
  ).length > 0;

/** Whether a cost of the kind is shared out at the same place for some of these days, whatever its total. */
export async function isSharedOut(tx: Tx, asked: Asked & { id: string }): Promise<boolean> {
  const { communityId, chargeTypeCode, placeId, periodFrom, periodTo, id } = asked;
  const found = await rows(
    tx,
    `select 1 from apportionment where community_id = $1 and charge_type_code = $2 and status = 'CONFIRMED'
        and place_id is not distinct from $3 and period_from < $5 and period_to > $4 and id <> $6 limit 1`,
    [communityId, chargeTypeCode, placeId, periodFrom, periodTo, id],
  );
  return found.length > 0;
}

/** Whether the very same shares count already. */
export async function isShared(tx: Tx, communityId: string, sharesSha256: string): Promise<boolean> {
  const found = await rows(
    tx,
    `select 1 from apportionment where community_id = $1 and shares_sha256 = $2 and status = 'CONFIRMED' limit 1`,
    [communityId, sharesSha256],
  );
  return found.length > 0;
}
