import type { RentalMandate } from '../domain/rental-mandate.ts';

/** A mandate is its owner's; one of the developer is nobody's household's. */
export const ofMandate = ({ communityId, householdId }: Pick<RentalMandate, 'communityId' | 'householdId'>) => ({
  communityId,
  householdIds: householdId === null ? [] : [householdId],
});
