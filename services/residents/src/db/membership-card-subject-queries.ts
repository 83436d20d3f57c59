import type { MembershipCard } from '../domain/membership-card.ts';

/** A card is its holder's; an organisation's is nobody's in person. */
export const ofCard = ({ communityId, personId }: Pick<MembershipCard, 'communityId' | 'personId'>) => ({
  communityId,
  personIds: personId === null ? [] : [personId],
});
