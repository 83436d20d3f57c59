import { isId } from '@steward/core';
import { rows, type Tx } from '@steward/db';

import type { DayRange } from '../domain/household.ts';
import type { HouseholdImportRow, ImportDirectory } from '../domain/household-import-rules.ts';
import { findOwnedDays } from './household-queries.ts';
import { findOrganisations, findPersons, visibleIds } from './party-queries.ts';
import { identityIndex } from './sealed-values.ts';

const present = (texts: readonly (string | null | undefined)[]): string[] => [
  ...new Set(texts.filter((text) => text != null)),
];

/** Only what can be an id is looked up. */
const ids = (texts: readonly (string | null | undefined)[]): string[] => present(texts).filter(isId);

/** Households of a community by number, and of the company by id, for the recognition of rows. */
export const findKnownHouseholds = (
  tx: Tx,
  communityId: string,
  importRows: readonly HouseholdImportRow[],
): Promise<{ id: string; number: string; communityId: string }[]> =>
  rows(
    tx,
    `select id, number, community_id as "communityId" from household
      where (community_id = $1 and number = any($2::text[])) or id = any($3::uuid[])`,
    [communityId, importRows.map(({ number }) => number), ids(importRows.map(({ id }) => id))],
  );

async function unitsByPath(tx: Tx, communityId: string, paths: string[]): Promise<Map<string, string>> {
  const units = await rows<{ id: string; path: string }>(
    tx,
    `select id, number as path from place where community_id = $1 and kind = 'UNIT' and number = any($2::text[])`,
    [communityId, paths],
  );
  return new Map(units.map(({ id, path }) => [path, id]));
}

async function ownedDays(tx: Tx, unitIds: string[]): Promise<Map<string, DayRange[]>> {
  const days = new Map<string, DayRange[]>();
  for (const holding of await findOwnedDays(tx, unitIds)) {
    days.set(holding.unitId, [...(days.get(holding.unitId) ?? []), holding]);
  }
  return days;
}

async function personsByIdentity(tx: Tx, numbers: string[]): Promise<Map<string, string>> {
  const found = await rows<{ id: string; index: string }>(
    tx,
    `select id, identity_number_index as index from person where identity_number_index = any($1::text[])`,
    [numbers.map((number) => identityIndex(tx, number))],
  );
  return new Map(found.map(({ id, index }) => [index, id]));
}

/** Everything that rows refer to, in five statements, whatever the number of rows. */
export async function loadImportDirectory(
  tx: Tx,
  communityId: string,
  importRows: readonly HouseholdImportRow[],
): Promise<Omit<ImportDirectory, 'householdIds'>> {
  const members = importRows.flatMap((row) => row.members ?? []);
  const holdings = importRows.flatMap((row) => row.holdings ?? []);
  const unitIdByPath = await unitsByPath(tx, communityId, present(holdings.map(({ unitPath }) => unitPath)));
  const persons = await findPersons(tx, ids(members.flatMap(({ personId, person }) => [personId, person?.id])));
  const organisations = await findOrganisations(tx, ids(members.map(({ organisationId }) => organisationId)));
  return {
    unitIdByPath,
    ownedDays: await ownedDays(tx, [...unitIdByPath.values()]),
    personIds: new Set(persons.map(({ id }) => id)),
    visiblePersonIds: visibleIds(persons),
    personIdByIdentity: await personsByIdentity(tx, present(members.map(({ person }) => person?.identityNumber))),
    visibleOrganisationIds: visibleIds(organisations),
  };
}
