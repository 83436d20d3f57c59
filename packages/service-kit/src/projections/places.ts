import { column, defineEntity, rows, tenantTableSql, txScope, type Tx } from '@steward/db';
import {
  householdUnitAdded,
  householdUnitReleased,
  placeRegistered,
  placeUpdated,
  subscribeTogether,
  type Handler,
  type StewardEvent,
} from '@steward/events';

import { keepLatest } from './keep-latest.ts';

/** What a service keeps of a node of the property tree, in a table of its own. */
export type PlaceReference = {
  id: string;
  tenantId: string;
  communityId: string;
  kind: 'BUILDING' | 'SECTION' | 'UNIT' | 'COMMON_AREA';
  /** Codes from the building down, by which people name the place. */
  path: string;
  /** Exact decimal of square metres. */
  areaM2: string | null;
};

/** Which household holds which unit; days are half-open. */
export type HouseholdUnitReference = {
  id: string;
  tenantId: string;
  householdId: string;
  unitId: string;
  tenure: string;
  validFrom: string;
  validTo: string | null;
};

/** For a migration of the service; never edited, because migrations that contain it have run. */
export const placeReferenceSql = `
create table place_reference (
  id uuid primary key,
  tenant_id uuid not null,
  community_id uuid not null,
  kind text not null check (kind in ('BUILDING', 'SECTION', 'UNIT', 'COMMON_AREA')),
  path text not null,
  area_m2 numeric
);
create index place_reference_path on place_reference (community_id, path text_pattern_ops);
${tenantTableSql('place_reference')}

create table household_unit (
  id uuid primary key,
  tenant_id uuid not null,
  household_id uuid not null,
  unit_id uuid not null,
  tenure text not null,
  valid_from date not null,
  valid_to date
);
create index household_unit_of_unit on household_unit (unit_id);
create index household_unit_of_household on household_unit (household_id);
${tenantTableSql('household_unit')}`;

export const placeReferenceEntity = defineEntity<PlaceReference>({
  name: 'PlaceReference',
  table: 'place_reference',
  columns: {
    id: column.id(),
    tenantId: column.uuid(),
    communityId: column.uuid(),
    kind: column.text(),
    path: column.text(),
    areaM2: column.decimal({ nullable: true }),
  },
});

export const householdUnitReferenceEntity = defineEntity<HouseholdUnitReference>({
  name: 'HouseholdUnitReference',
  table: 'household_unit',
  columns: {
    id: column.id(),
    tenantId: column.uuid(),
    householdId: column.uuid(),
    unitId: column.uuid(),
    tenure: column.text(),
    validFrom: column.date(),
    validTo: column.date({ nullable: true }),
  },
});

type PlaceData = ReturnType<(typeof placeRegistered)['data']['parse']>;
type UnitData = ReturnType<(typeof householdUnitAdded)['data']['parse']>;

async function keepPlaces(tx: Tx, events: readonly StewardEvent<PlaceData>[]): Promise<void> {
  const places = events.map(({ tenantid: tenantId, data }) => {
    const { placeId: id, communityId, kind, path, areaM2 } = data;
    return { id, tenantId, communityId, kind, path, areaM2 };
  });
  await keepLatest(tx, placeReferenceEntity, places);
}

async function keepHouseholdUnits(tx: Tx, events: readonly StewardEvent<UnitData>[]): Promise<void> {
  const holdings = events.map(({ tenantid: tenantId, data }) => {
    const { holdingId: id, householdId, unitId, tenure, validFrom, validTo } = data;
    return { id, tenantId, householdId, unitId, tenure, validFrom, validTo };
  });
  await keepLatest(tx, householdUnitReferenceEntity, holdings);
}

/** Handlers that keep the tables. */
export const placeHandlers: Handler[] = [
  subscribeTogether(placeRegistered, 'keep-place', keepPlaces),
  subscribeTogether(placeUpdated, 'keep-place', keepPlaces),
  subscribeTogether(householdUnitAdded, 'keep-household-unit', keepHouseholdUnits),
  subscribeTogether(householdUnitReleased, 'keep-household-unit', keepHouseholdUnits),
];

export const findPlaceReference = (tx: Tx, id: string): Promise<PlaceReference | null> =>
  tx.findOneBy(placeReferenceEntity, { id });

/** Whether a household is of a community. */
export async function isHouseholdOf(tx: Tx, householdId: string, communityId: string): Promise<boolean> {
  const found = await rows(tx, 'select 1 from household_reference where id = $1 and community_id = $2', [
    householdId,
    communityId,
  ]);
  return found.length > 0;
}

/** Households that hold a unit today, by the calendar of its community. */
export async function holdersOf(tx: Tx, unitId: string): Promise<string[]> {
  const found = await rows<{ householdId: string }>(
    tx,
    `select distinct u.household_id as "householdId"
       from household_unit u
       join household_reference h on h.id = u.household_id
       join community_reference c on c.id = h.community_id
      cross join lateral (select ($2::timestamptz at time zone c.time_zone)::date as day) today
      where u.unit_id = $1 and u.valid_from <= today.day and (u.valid_to is null or u.valid_to > today.day)`,
    [unitId, txScope(tx).now],
  );
  return found.map(({ householdId }) => householdId);
}
