import { rows } from '@steward/db';
import { byId, fileLoader, loader, pagesByParent, type Context } from '@steward/service-kit';

import type { DayRange, Household, HouseholdHolding, HouseholdMembership } from '../domain/household.ts';
import type { Place } from '../domain/place.ts';
import {
  communityEntity,
  companyEntity,
  householdEntity,
  organisationEntity,
  personEntity,
  placeEntity,
} from './entities.ts';
import type { FloorAreaPolicy } from './floor-area-queries.ts';
import { loadHouseholdFiles, type FilePolicy, type HouseholdFileContents } from './household-file-queries.ts';
import { registerLoaders } from './register-loaders.ts';
import { custodyLoaders } from './custody-loaders.ts';
import { passLoaders } from './pass-loaders.ts';
import { decorationLoaders } from './decoration-loaders.ts';
import { fileSetLoaders } from './file-set-loaders.ts';
import { takeoverLoaders } from './takeover-loaders.ts';
import { moveOutLoaders } from './move-out-loaders.ts';
import { contactListLoaders } from './contact-list-loaders.ts';
import { moveInLoaders } from './move-in-loaders.ts';
import { deskServiceLoaders } from './desk-service-loaders.ts';
import { personDataLoaders } from './person-data-loaders.ts';
import { procedureLoaders } from './procedure-loaders.ts';
import { todayOf } from './visible-queries.ts';

/** With the community in whose zone its days are reckoned, and the day it is there. */
type Placed = { communityId: string; today: string };

export type PlacedHolding = HouseholdHolding & Placed;
export type PlacedMembership = HouseholdMembership & Placed;

const holdingsBy = (column: string, order: string): string => `
  select t.id, t.tenant_id as "tenantId", t.household_id as "householdId", t.unit_id as "unitId", t.tenure,
         t.valid_from as "validFrom", t.valid_to as "validTo", c.id as "communityId", ${todayOf('$2')} as today
    from household_holding t join household h on h.id = t.household_id join community c on c.id = h.community_id
   where t.${column} = any($1::uuid[]) order by ${order}, t.id`;

const membershipsBy = (column: string): string => `
  select m.id, m.tenant_id as "tenantId", m.household_id as "householdId", m.person_id as "personId",
         m.organisation_id as "organisationId", m.role, m.valid_from as "validFrom", m.valid_to as "validTo",
         c.id as "communityId", ${todayOf('$2')} as today
    from household_membership m join household h on h.id = m.household_id join community c on c.id = h.community_id
   where m.${column} = any($1::uuid[]) order by m.valid_from, m.id`;

/** Dated rows by a key of theirs, in the order of the statement. */
const datedBy = <Row extends DayRange & Placed>(ctx: Context, sql: string, keyOf: (row: Row) => string | null) =>
  loader<string, Row[]>(ctx, async (tx, keys) => {
    const found = Map.groupBy(await rows<Row>(tx, sql, [keys, ctx.now]), keyOf);
    return keys.map((key) => found.get(key) ?? []);
  });

/** What of the domain the loaders need figures of. */
type LoadedPolicies = { filePolicy: FilePolicy; floorAreaPolicy: FloorAreaPolicy };

/** One read per kind and request, however many objects ask. */
export const loaders = (ctx: Context, { filePolicy, floorAreaPolicy }: LoadedPolicies) => ({
  ...passLoaders(ctx),
  ...custodyLoaders(ctx),
  ...registerLoaders(ctx),
  ...deskServiceLoaders(ctx, floorAreaPolicy),
  company: byId(ctx, companyEntity),
  community: byId(ctx, communityEntity),
  place: byId(ctx, placeEntity),
  person: byId(ctx, personEntity),
  organisation: byId(ctx, organisationEntity),
  household: byId(ctx, householdEntity),
  placesBelow: pagesByParent<Place>(ctx),
  householdsBelow: pagesByParent<Household>(ctx),
  holdingsOfUnit: datedBy<PlacedHolding>(ctx, holdingsBy('unit_id', 't.tenure, t.valid_from'), ({ unitId }) => unitId),
  holdingsOfHousehold: datedBy<PlacedHolding>(
    ctx,
    holdingsBy('household_id', 't.valid_from'),
    ({ householdId }) => householdId,
  ),
  membershipsOfHousehold: datedBy<PlacedMembership>(
    ctx,
    membershipsBy('household_id'),
    ({ householdId }) => householdId,
  ),
  membershipsOfPerson: datedBy<PlacedMembership>(ctx, membershipsBy('person_id'), ({ personId }) => personId),
  membershipsOfOrganisation: datedBy<PlacedMembership>(
    ctx,
    membershipsBy('organisation_id'),
    ({ organisationId }) => organisationId,
  ),
  householdFile: loader<string, HouseholdFileContents>(ctx, async (tx, ids) => {
    const files = await loadHouseholdFiles(tx, filePolicy, ids);
    return ids.map((id) => files.get(id) ?? null);
  }),
  ...personDataLoaders(ctx),
  ...procedureLoaders(ctx),
  ...decorationLoaders(ctx),
  ...moveInLoaders(ctx),
  ...contactListLoaders(ctx),
  ...moveOutLoaders(ctx),
  ...takeoverLoaders(ctx),
  ...fileSetLoaders(ctx),
  file: fileLoader(ctx),
});

export type ResidentsContext = Context<ReturnType<typeof loaders>>;
