import type { ListSubject } from '@steward/service-kit';

/** A procedure of a household is that household's. */
export const ofHousehold = ({ communityId, householdId }: { communityId: string; householdId: string }) => ({
  communityId,
  householdIds: [householdId],
});

/** The same for lists. */
export const ofHouseholdInSql: ListSubject = { households: ({ row }, ids) => `${row}.household_id = any(${ids})` };
