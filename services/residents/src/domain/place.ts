import type { placeParents } from './place-policy.ts';

export type PlaceKind = keyof typeof placeParents;
export type UnitUsage = 'RESIDENTIAL' | 'SHOP' | 'OFFICE' | 'PARKING' | 'STORAGE';

/** What can be said of a place when it is entered, and corrected later. */
export type PlaceDetails = {
  name: string | null;
  usage: UnitUsage | null;
  areaM2: string | null;
  floor: number | null;
  deliveredOn: string | null;
  warrantyFrom: string | null;
  designLifeYears: number | null;
};

/** A node of the property tree below its community; `number` is the path of codes from the building down. */
export type Place = PlaceDetails & {
  id: string;
  tenantId: string;
  communityId: string;
  number: string;
  version: number;
  createdAt: Date;
  parentId: string | null;
  kind: PlaceKind;
  code: string;
  commonAreaCode: string | null;
};
