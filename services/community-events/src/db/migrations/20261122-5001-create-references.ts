import type { Migration } from '@steward/db';
import {
  communityReferenceSql,
  householdReferenceSql,
  placeReferenceSql,
  staffReferenceSql,
} from '@steward/service-kit';

// Facts of different aggregates arrive in any order, so these tables do not refer to each other.
const up = `
create extension if not exists btree_gist;
${communityReferenceSql}
${householdReferenceSql}
${placeReferenceSql}
${staffReferenceSql}
`;

const down = `
drop table staff_post_reference, staff_reference, household_unit, place_reference, household_member,
  household_reference, community_reference;
`;

export const migration: Migration = { name: '20261122-5001-create-references', up, down };
