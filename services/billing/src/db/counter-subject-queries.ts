type OfHousehold = { communityId: string; householdId: string | null };

/** Whose something is that a household owes, pays or gets back. */
export const subjectOfHousehold = ({ communityId, householdId }: OfHousehold) => ({
  communityId,
  householdIds: householdId === null ? [] : [householdId],
});

/** Whose the books of a community are. */
export const subjectOfCommunity = ({ communityId }: { communityId: string }) => ({ communityId });

/** Whose an expense claim is. */
export const subjectOfClaim = ({ communityId, claimantId }: { communityId: string; claimantId: string }) => ({
  communityId,
  staffIds: [claimantId],
});
