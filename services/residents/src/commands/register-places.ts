import { isId, newId, refuseAll, refuseTooMany } from '@steward/core';
import type { Tx } from '@steward/db';
import { placeRegistered } from '@steward/events';
import {
  authorize,
  insertAggregates,
  lockNaturalKeys,
  publish,
  refusalOf,
  type RefusalValue,
} from '@steward/service-kit';

import { placeAggregate } from '../db/aggregates.ts';
import { loadCommunity } from '../db/community-queries.ts';
import { findPlaces } from '../db/place-queries.ts';
import { requireCommunityAction } from '../domain/community-rules.ts';
import { importLimits } from '../domain/import-policy.ts';
import { placeFact } from '../domain/place-facts.ts';
import { newPlace, pathOf, placeRowViolations, type PlaceAbove, type PlaceImportRow } from '../domain/place-rules.ts';
import type { RegisterPlacesInput } from '../graphql/generated.ts';

/** The answer to one row: the place it stands for, or why it was refused. */
export type PlaceRowAnswer = { index: number; isNew: boolean; id: string | null; refusal: RefusalValue | null };

type NewPlace = ReturnType<typeof newPlace>;

/** The places that rows refer to; `fresh` are those of this import. */
type Tree = { byPath: Map<string, PlaceAbove>; ids: Set<string>; fresh: Map<string, NewPlace> };

export async function registerPlaces(tx: Tx, input: RegisterPlacesInput): Promise<{ results: PlaceRowAnswer[] }> {
  const { communityId, rows } = input;
  refuseTooMany(rows.length, importLimits.rows.value, 'input.rows');
  await authorize(tx, { communityId });
  await lockNaturalKeys(tx, `place/${communityId}`);
  requireCommunityAction(await loadCommunity(tx, communityId), 'registerPlaces');
  const tree = await knownTree(tx, communityId, rows);
  const results = rows.map((row, index): PlaceRowAnswer => {
    const known = tree.byPath.get(pathOf(row));
    if (known !== undefined) return { index, isNew: false, id: known.id, refusal: null };
    const refusal = refusalOf(() => admit(row, communityId, tree, `input.rows.${index}`));
    const id = refusal === null ? (tree.fresh.get(pathOf(row))?.id ?? null) : null;
    return { index, isNew: refusal === null, id, refusal };
  });
  const places = await insertAggregates(tx, placeAggregate, [...tree.fresh.values()], { action: 'registerPlaces' });
  for (const place of places) publish(tx, place, placeRegistered, placeFact(place));
  return { results };
}

async function knownTree(tx: Tx, communityId: string, rows: readonly PlaceImportRow[]): Promise<Tree> {
  const paths = new Set(rows.flatMap((row) => [pathOf(row), row.parentPath ?? []].flat()));
  const ids = rows.flatMap(({ id }) => (id != null && isId(id) ? [id] : []));
  const found = await findPlaces(tx, communityId, [...paths], ids);
  const inCommunity = found.filter((place) => place.communityId === communityId);
  const byPath = new Map(inCommunity.map((place) => [place.number, place]));
  return { byPath, ids: new Set(found.map(({ id }) => id)), fresh: new Map() };
}

/** Takes a row into the tree, so that the rows after it can stand below it; refuses with all that is wrong. */
function admit(row: PlaceImportRow, communityId: string, tree: Tree, path: string): void {
  const number = pathOf(row);
  const above = row.parentPath == null ? null : tree.byPath.get(row.parentPath);
  const violations = placeRowViolations(row, above, path);
  if (row.id != null && !isId(row.id)) violations.push({ path: `${path}.id`, reason: 'ID_MALFORMED' });
  if (row.id != null && tree.ids.has(row.id)) violations.push({ path: `${path}.id`, reason: 'ID_TAKEN' });
  refuseAll(violations);
  const place = newPlace(row, above ?? null, { id: row.id ?? newId(), communityId });
  tree.byPath.set(number, place);
  tree.fresh.set(number, place);
  tree.ids.add(place.id);
}
