import { isId, newId, refuseAll } from '@steward/core';
import type { Tx } from '@steward/db';
import { placeRegistered } from '@steward/events';
import { authorize, insertAggregates, publish, type RefusalValue } from '@steward/service-kit';

import { placeAggregate } from '../db/aggregates.ts';
import { requireCommunity } from '../db/community-queries.ts';
import { lockNaturalKeys } from '../db/natural-keys.ts';
import { findPlacesByPath, takenIds } from '../db/place-queries.ts';
import { requireManaged } from '../domain/community-rules.ts';
import { placeFact } from '../domain/facts.ts';
import { newDetails, pathOf, placeViolations, type PlaceImportRow } from '../domain/place-rules.ts';
import type { Place } from '../domain/place.ts';
import { refusalOf, refuseTooManyRows } from '../domain/refusal-rules.ts';
import type { RegisterPlacesInput } from '../graphql/generated.ts';

/** The answer to one row: the place it stands for, or why it was refused. */
export type PlaceRowAnswer = { index: number; isNew: boolean; id: string | null; refusal: RefusalValue | null };

type NewPlace = Omit<Place, 'tenantId' | 'version' | 'createdAt'>;
type Tree = { communityId: string; byPath: Map<string, NewPlace>; taken: Set<string> };

export async function registerPlaces(tx: Tx, { communityId, rows }: RegisterPlacesInput): Promise<{ results: PlaceRowAnswer[] }> {
  refuseTooManyRows(rows.length);
  await authorize(tx, { communityId });
  requireManaged(await requireCommunity(tx, communityId), 'registerPlaces');
  await lockNaturalKeys(tx, `place/${communityId}`);
  const tree = await loadTree(tx, communityId, rows);
  const entered: NewPlace[] = [];
  const results = rows.map((row, index): PlaceRowAnswer => {
    const known = tree.byPath.get(pathOf(row));
    if (known !== undefined) return { index, isNew: false, id: known.id, refusal: null };
    try {
      const place = enter(row, tree, `input.rows.${index}`);
      entered.push(place);
      return { index, isNew: true, id: place.id, refusal: null };
    } catch (error) {
      return { index, isNew: false, id: null, refusal: refusalOf(error) };
    }
  });
  const inserted = await insertAggregates(tx, placeAggregate, entered, { action: 'registerPlaces' });
  for (const place of inserted) publish(tx, place, placeRegistered, placeFact(place));
  return { results };
}

/** The places that the rows name, as themselves or as those above, in two statements. */
async function loadTree(tx: Tx, communityId: string, rows: readonly PlaceImportRow[]): Promise<Tree> {
  const paths = [...new Set(rows.flatMap((row) => [pathOf(row), row.parentPath ?? pathOf(row)]))];
  const found = await findPlacesByPath(tx, communityId, paths);
  const ids = rows.flatMap(({ id }) => (id != null && isId(id) ? [id] : []));
  return { communityId, byPath: new Map(found.map((place) => [place.number, place])), taken: await takenIds(tx, 'place', ids) };
}

/** The place of a row, put into the tree so that later rows can stand below it. */
function enter(row: PlaceImportRow, { communityId, byPath, taken }: Tree, path: string): NewPlace {
  const parent = row.parentPath == null ? null : (byPath.get(row.parentPath) ?? null);
  const violations = placeViolations(row, parent, path);
  if (row.id != null && !isId(row.id)) violations.push({ path: `${path}.id`, reason: 'ID_MALFORMED' });
  if (row.id != null && taken.has(row.id)) violations.push({ path: `${path}.id`, reason: 'ID_TAKEN' });
  refuseAll(violations);
  const { kind, code } = row;
  const identity = { id: row.id ?? newId(), communityId, number: pathOf(row), parentId: parent?.id ?? null, kind, code };
  const place = { ...identity, commonAreaCode: row.commonAreaCode ?? null, ...newDetails(row, parent) };
  byPath.set(place.number, place);
  taken.add(place.id);
  return place;
}
