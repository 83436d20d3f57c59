import type { Community } from './community.ts';
import { isHeldOn } from './household-rules.ts';
import type { Household, HouseholdHolding, HouseholdMembership } from './household.ts';
import type { Organisation, Person } from './person.ts';
import type { Place } from './place.ts';

/** What events say: ids, codes, days and figures, never a name, a number of a person or what somebody wrote. */
export const communityFact = (community: Community) => ({
  communityId: community.id,
  companyId: community.tenantId,
  code: community.number,
  timeZone: community.timeZone,
  locale: community.locale === 'en' ? ('en' as const) : ('zh-CN' as const),
  currency: community.currency,
  status: community.status,
});

export const placeFact = (place: Place) => ({
  placeId: place.id,
  communityId: place.communityId,
  parentId: place.parentId,
  kind: place.kind,
  code: place.code,
  path: place.number,
  usage: place.usage,
  commonAreaCode: place.commonAreaCode,
  areaM2: place.areaM2,
  floor: place.floor,
  deliveredOn: place.deliveredOn,
  warrantyFrom: place.warrantyFrom,
  designLifeYears: place.designLifeYears,
});

export const personFact = (person: Person) => ({
  personId: person.id,
  communityId: person.communityId,
  hasPhone: person.phoneSealed !== null,
  locale: person.locale === 'en' || person.locale === 'zh-CN' ? person.locale : null,
});

export const organisationFact = ({ id, communityId, kind }: Organisation) => ({ organisationId: id, communityId, kind });

export const householdFact = ({ id, communityId, number, segment, isKeyAccount }: Household) => ({
  householdId: id,
  communityId,
  number,
  segment,
  isKeyAccount,
});

export const holdingFact = (holding: HouseholdHolding) => ({
  householdId: holding.householdId,
  holdingId: holding.id,
  unitId: holding.unitId,
  tenure: holding.tenure,
  validFrom: holding.validFrom,
  validTo: holding.validTo,
});

export const membershipFact = (membership: HouseholdMembership, holdings: readonly HouseholdHolding[]) => ({
  householdId: membership.householdId,
  membershipId: membership.id,
  unitIds: holdings.filter((holding) => isHeldOn(holding, membership.validFrom)).map(({ unitId }) => unitId),
  personId: membership.personId,
  organisationId: membership.organisationId,
  role: membership.role,
  validFrom: membership.validFrom,
  validTo: membership.validTo,
});
