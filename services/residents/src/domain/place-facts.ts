import type { Place } from './place.ts';

/** What events say about a place. */
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
