import { rows, txScope, type Tx } from '@steward/db';
import { blindIndex, unseal } from '@steward/service-kit';

import type { CallerKeyKind } from '../domain/caller-rules.ts';
import { holdsToday } from './visible-queries.ts';

export type CallerSubjectType = 'UNIT' | 'PERSON' | 'PASS' | 'WORK_ORDER' | 'COMPLAINT';

/** A row of `caller_key`: something that is found by a key. */
export type CallerKeyRow = {
  subjectId: string;
  subjectType: CallerSubjectType;
  kind: CallerKeyKind;
  key: string;
  communityId: string;
  householdId: string | null;
  number: string | null;
};

/** What was found, with a household behind it; several rows where there are several households. */
export type CallerHit = Omit<CallerKeyRow, 'key'>;

/** Of a name and of its reading nothing is kept but this: who has the table without the keys learns no name of it. */
export const hashedKey = (tx: Tx, kind: CallerKeyKind, text: string): string =>
  blindIndex(tx, `caller/${kind}:${text}`);

/** Puts the keys of subjects in the place of those they had. */
export async function replaceCallerKeys(
  tx: Tx,
  subjectIds: readonly string[],
  keys: readonly CallerKeyRow[],
): Promise<void> {
  await rows(tx, 'delete from caller_key where subject_id = any($1::uuid[])', [subjectIds]);
  if (keys.length === 0) return;
  await rows(
    tx,
    `insert into caller_key (tenant_id, subject_id, subject_type, kind, key, community_id, household_id, number)
     select $1, k."subjectId", k."subjectType", k.kind, k.key, k."communityId", k."householdId", k.number
       from jsonb_to_recordset($2::jsonb) as k("subjectId" uuid, "subjectType" text, kind text, key text,
                                               "communityId" uuid, "householdId" uuid, number text)
     on conflict do nothing`,
    [txScope(tx).tenantId, JSON.stringify(keys)],
  );
}

export type CallerPerson = { id: string; name: string; phone: string | null; communityIds: string[] };

/** Persons in clear with every community that knows them; who was erased is not among them. */
export async function personsToFind(tx: Tx, ids: readonly string[]): Promise<CallerPerson[]> {
  type Found = { id: string; nameSealed: string; phoneSealed: string | null; communityIds: string[] };
  const found = await rows<Found>(
    tx,
    `select p.id, p.name_sealed as "nameSealed", p.phone_sealed as "phoneSealed",
            array(select distinct h.community_id from household_membership m join household h on h.id = m.household_id
                   where m.person_id = p.id union select p.community_id) as "communityIds"
       from person p where p.id = any($1::uuid[]) and p.erased_at is null`,
    [ids],
  );
  return found.map(({ id, nameSealed, phoneSealed, communityIds }) => ({
    id,
    name: unseal(tx, nameSealed),
    phone: phoneSealed === null ? null : unseal(tx, phoneSealed),
    communityIds,
  }));
}

/** Those of the persons who cannot be found in the community beside them. */
export async function personsNotFound(
  tx: Tx,
  members: readonly { personId: string; communityId: string }[],
): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    `select m.person_id as id from unnest($1::uuid[], $2::uuid[]) as m(person_id, community_id)
      where not exists (
        select 1 from caller_key k where k.subject_id = m.person_id and k.community_id = m.community_id)`,
    [members.map(({ personId }) => personId), members.map(({ communityId }) => communityId)],
  );
  return found.map(({ id }) => id);
}

export type CallerPass = {
  id: string;
  communityId: string;
  householdId: string | null;
  number: string;
  plate: string | null;
};

/** Passes with the plate in clear. */
export async function passesToFind(tx: Tx, ids: readonly string[]): Promise<CallerPass[]> {
  const found = await rows<Omit<CallerPass, 'plate'> & { plateSealed: string | null }>(
    tx,
    `select id, community_id as "communityId", household_id as "householdId", number, plate_sealed as "plateSealed"
       from pass where id = any($1::uuid[])`,
    [ids],
  );
  return found.map(({ plateSealed, ...pass }) => ({
    ...pass,
    plate: plateSealed === null ? null : unseal(tx, plateSealed),
  }));
}

/** Of one key: as many as can be shown; a key that a thousand persons share is no way to find one. */
const mostOfKey = 100;

/** One index range for each key, then the households behind what was found: those of today, or the one an order names. */
const search = (among: string): string => `
  select hit."subjectId", hit."subjectType", hit.kind, hit."communityId", hit.number,
         coalesce(today.household_id, hit.household_id) as "householdId"
    from unnest($1::text[], $2::text[]) as asked(kind, key)
   cross join lateral (
     select k.subject_id as "subjectId", k.subject_type as "subjectType", k.kind, k.community_id as "communityId",
            k.number, k.household_id
       from caller_key k
      where k.key = asked.key and k.kind = asked.kind ${among} limit ${mostOfKey}) hit
    join community c on c.id = hit."communityId"
    left join lateral (
      select t.household_id from household_holding t
       where hit."subjectType" = 'UNIT' and t.unit_id = hit."subjectId" and ${holdsToday('t', '$3')}
      union
      select m.household_id from household_membership m join household h on h.id = m.household_id
       where hit."subjectType" = 'PERSON' and m.person_id = hit."subjectId" and h.community_id = hit."communityId"
         and ${holdsToday('m', '$3')}) today on true`;

/** What is found by any of the keys in the communities (null: in all). */
export async function findByKeys(
  tx: Tx,
  keys: readonly { kind: CallerKeyKind; key: string }[],
  communities: string[] | null,
): Promise<CallerHit[]> {
  const asked = [keys.map(({ kind }) => kind), keys.map(({ key }) => key), txScope(tx).now];
  if (communities === null) return rows<CallerHit>(tx, search(''), asked);
  return rows<CallerHit>(tx, search('and k.community_id = any($4::uuid[])'), [...asked, communities]);
}
