import type { placeParents, unitUsages } from './place-policy.ts';

export type PlaceKind = keyof typeof placeParents;
export type UnitUsage = (typeof unitUsages)[number];

/** Any node of the property tree below its community. A unit is a place of that kind and has its place's id. */
export type Place = {
  id: string;
  tenantId: string;
  communityId: string;
  /** The path: codes from the building down, `3/1/1201`. */
  number: string;
  version: number;
  createdAt: Date;
  /** Null directly below the community. */
  parentId: string | null;
  kind: PlaceKind;
  code: string;
  name: string | null;
  usage: UnitUsage | null;
  commonAreaCode: string | null;
  areaM2: string | null;
  floor: number | null;
  deliveredOn: string | null;
  warrantyFrom: string | null;
  designLifeYears: number | null;
};
