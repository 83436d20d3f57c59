import type { Violation } from '@steward/core';

import { areaViolations } from './community-rules.ts';
import { commonAreaCodes, placeLimits, placeParents } from './place-policy.ts';
import type { Place, PlaceDetails, PlaceKind } from './place.ts';

/** One row of an import of places. */
export type PlaceImportRow = Partial<PlaceDetails> & {
  id?: string | null;
  parentPath?: string | null;
  code: string;
  kind: PlaceKind;
  commonAreaCode?: string | null;
};

type Parent = Pick<Place, 'id' | 'kind' | 'number' | 'warrantyFrom' | 'designLifeYears'>;

export const pathOf = (row: PlaceImportRow): string =>
  row.parentPath == null ? row.code : `${row.parentPath}/${row.code}`;

/** Whether the details fit the kind; the same when a place is entered and when it is corrected. */
export function detailViolations(kind: PlaceKind, details: Partial<PlaceDetails>, path: string): Violation[] {
  const violations = areaViolations(details.areaM2, `${path}.areaM2`);
  const isUnit = kind === 'UNIT';
  if (isUnit && details.usage == null) violations.push({ path: `${path}.usage`, reason: 'USAGE_REQUIRED' });
  if (!isUnit && details.usage != null) violations.push({ path: `${path}.usage`, reason: 'USAGE_NOT_ALLOWED' });
  const years = details.designLifeYears;
  const most = placeLimits.designLifeYears.value;
  if (years != null && (years < 1 || years > most)) {
    violations.push({ path: `${path}.designLifeYears`, reason: 'YEARS_OUT_OF_RANGE', params: { most } });
  }
  return violations;
}

/** Everything that is wrong with a row; `parent` is null where there is no such place. */
export function placeViolations(row: PlaceImportRow, parent: Parent | null, path: string): Violation[] {
  const violations = detailViolations(row.kind, row, path);
  const most = placeLimits.codeLength.value;
  const isFit = row.code.trim() === row.code && row.code !== '' && [...row.code].length <= most && !row.code.includes('/');
  if (!isFit) violations.push({ path: `${path}.code`, reason: 'CODE_MALFORMED', params: { most } });
  if (row.parentPath != null && parent === null) violations.push({ path: `${path}.parentPath`, reason: 'PARENT_UNKNOWN' });
  else if (!placeParents[row.kind].some((kind) => kind === (parent?.kind ?? null))) {
    violations.push({ path: `${path}.kind`, reason: 'PARENT_KIND', params: { kind: row.kind, parent: parent?.kind ?? null } });
  }
  const isKnownArea = row.commonAreaCode != null && commonAreaCodes.includes(row.commonAreaCode);
  if ((row.kind === 'COMMON_AREA') !== isKnownArea) {
    violations.push({ path: `${path}.commonAreaCode`, reason: 'COMMON_AREA_UNKNOWN' });
  }
  return violations;
}

/** The details of a new place: the warranty runs from the delivery unless told, and both default to the place above. */
export const newDetails = (row: PlaceImportRow, parent: Parent | null): PlaceDetails => ({
  name: row.name ?? null,
  usage: row.usage ?? null,
  areaM2: row.areaM2 ?? null,
  floor: row.floor ?? null,
  deliveredOn: row.deliveredOn ?? null,
  warrantyFrom: row.warrantyFrom ?? row.deliveredOn ?? parent?.warrantyFrom ?? null,
  designLifeYears: row.designLifeYears ?? parent?.designLifeYears ?? null,
});

const correctable = ['name', 'usage', 'areaM2', 'floor', 'deliveredOn', 'warrantyFrom', 'designLifeYears'] as const;

/** The place with what was given: absent keeps, null clears. */
export function correctPlace(place: Place, given: Partial<PlaceDetails>): Place {
  const present = correctable.filter((field) => given[field] !== undefined);
  return { ...place, ...Object.fromEntries(present.map((field) => [field, given[field]])) };
}
