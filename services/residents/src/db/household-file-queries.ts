import { rows, txScope, type Tx } from '@steward/db';
import { resolvePolicy } from '@steward/service-kit';

import type { householdFilePolicy } from '../domain/household-file-policy.ts';
import type { FileContents } from '../domain/household-file-rules.ts';
import type { HouseholdDocument } from '../domain/household.ts';
import { holdsToday } from './visible-queries.ts';

export type FilePolicy = typeof householdFilePolicy;

/** A household's papers and all by which they are judged. */
export type HouseholdFileContents = FileContents & { documents: HouseholdDocument[] };

type OfHousehold<Row> = Row & { householdId: string };

const membersToday = `
  select m.household_id as "householdId", m.role, m.organisation_id is not null as "isOrganisation"
    from household_membership m join household h on h.id = m.household_id join community c on c.id = h.community_id
   where m.household_id = any($1::uuid[]) and ${holdsToday('m', '$2')}`;

const holdingsToday = `
  select t.household_id as "householdId", t.tenure, u.usage
    from household_holding t join place u on u.id = t.unit_id join community c on c.id = u.community_id
   where t.household_id = any($1::uuid[]) and ${holdsToday('t', '$2')}`;

const documentsOf = `
  select id, tenant_id as "tenantId", household_id as "householdId", kind_code as "kindCode", file_id as "fileId",
         received_at as "receivedAt"
    from household_document where household_id = any($1::uuid[]) order by received_at, id`;

/** The files of several households: four statements, and one for each community's figures. */
export async function loadHouseholdFiles(
  tx: Tx,
  policy: FilePolicy,
  householdIds: readonly string[],
): Promise<Map<string, HouseholdFileContents>> {
  const { now } = txScope(tx);
  const households = await rows<{ id: string; communityId: string }>(
    tx,
    `select id, community_id as "communityId" from household where id = any($1::uuid[])`,
    [householdIds],
  );
  const members = await rows<OfHousehold<FileContents['members'][number]>>(tx, membersToday, [householdIds, now]);
  const holdings = await rows<OfHousehold<FileContents['holdings'][number]>>(tx, holdingsToday, [householdIds, now]);
  const documents = await rows<HouseholdDocument>(tx, documentsOf, [householdIds]);
  const byHousehold = {
    members: Map.groupBy(members, ({ householdId }) => householdId),
    holdings: Map.groupBy(holdings, ({ householdId }) => householdId),
    documents: Map.groupBy(documents, ({ householdId }) => householdId),
  };
  const files = new Map<string, HouseholdFileContents>();
  for (const { id, communityId } of households) {
    const kept = byHousehold.documents.get(id) ?? [];
    files.set(id, {
      members: byHousehold.members.get(id) ?? [],
      holdings: byHousehold.holdings.get(id) ?? [],
      documents: kept,
      documentKindCodes: kept.map(({ kindCode }) => kindCode),
      figures: await resolvePolicy(tx, policy, communityId),
    });
  }
  return files;
}
