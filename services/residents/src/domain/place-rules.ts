import { refuseAll, type Violation } from '@steward/core';

import { withChanges } from './descriptive.ts';
import { codeLengthLimit, commonAreaCodes, designLifeLimits, placeParents } from './place-policy.ts';
import type { Place, PlaceKind, UnitUsage } from './place.ts';
import { areaViolations, optionalTextViolations } from './text-rules.ts';

/** Descriptive fields as they are entered or changed. */
export type PlaceDescription = {
  name?: string | null;
  usage?: UnitUsage | null;
  areaM2?: string | null;
  floor?: number | null;
  deliveredOn?: string | null;
  warrantyFrom?: string | null;
  designLifeYears?: number | null;
};

/** One row of an import of places. */
export type PlaceImportRow = PlaceDescription & {
  id?: string | null;
  parentPath?: string | null;
  code: string;
  kind: PlaceKind;
  commonAreaCode?: string | null;
};

/** What a place takes from the one above it. */
export type PlaceAbove = Pick<Place, 'id' | 'kind' | 'warrantyFrom' | 'designLifeYears'>;

export const pathOf = (row: Pick<PlaceImportRow, 'parentPath' | 'code'>): string =>
  row.parentPath == null ? row.code : `${row.parentPath}/${row.code}`;

function descriptionViolations(place: PlaceDescription, path: string): Violation[] {
  const { designLifeYears: years } = place;
  const { fewest, most } = designLifeLimits;
  const violations = [
    ...optionalTextViolations(place.name, `${path}.name`),
    ...areaViolations(place.areaM2, `${path}.areaM2`),
  ];
  if (years != null && (years < fewest || years > most)) {
    violations.push({ path: `${path}.designLifeYears`, reason: 'YEARS_OUT_OF_RANGE', params: { fewest, most } });
  }
  return violations;
}

/** A unit is for something; nothing else is. */
function usageViolations(kind: PlaceKind, usage: UnitUsage | null | undefined, path: string): Violation[] {
  if (kind === 'UNIT') return usage == null ? [{ path: `${path}.usage`, reason: 'USAGE_REQUIRED' }] : [];
  return usage == null ? [] : [{ path: `${path}.usage`, reason: 'USAGE_NOT_ALLOWED' }];
}

/** A code is one part of a path: without separators, and no blank that nobody sees. */
const isCode = (code: string): boolean =>
  code.length <= codeLengthLimit.value && code === code.trim() && /^[^/\p{Cc}]+$/u.test(code);

function treeViolations(row: PlaceImportRow, above: PlaceAbove | null | undefined, path: string): Violation[] {
  if (above === undefined) return [{ path: `${path}.parentPath`, reason: 'PARENT_UNKNOWN' }];
  const allowed: readonly string[] = placeParents[row.kind];
  const kind = above?.kind ?? 'COMMUNITY';
  return allowed.includes(kind) ? [] : [{ path: `${path}.kind`, reason: 'PARENT_KIND', params: { kind } }];
}

/** Everything that is wrong with a row; `above` is undefined if there is no such place, null at the top of the tree. */
export function placeRowViolations(
  row: PlaceImportRow,
  above: PlaceAbove | null | undefined,
  path: string,
): Violation[] {
  const violations = treeViolations(row, above, path);
  if (!isCode(row.code)) violations.push({ path: `${path}.code`, reason: 'CODE_MALFORMED' });
  const isCommonArea = row.commonAreaCode != null && commonAreaCodes.includes(row.commonAreaCode);
  if (row.kind === 'COMMON_AREA' ? !isCommonArea : row.commonAreaCode != null) {
    violations.push({ path: `${path}.commonAreaCode`, reason: 'COMMON_AREA_UNKNOWN' });
  }
  return [...violations, ...usageViolations(row.kind, row.usage, path), ...descriptionViolations(row, path)];
}

/** A place as entered: its warranty runs from its delivery, else as that of the place above it. */
export function newPlace(
  row: PlaceImportRow,
  above: PlaceAbove | null,
  ids: { id: string; communityId: string },
): Omit<Place, 'tenantId' | 'version' | 'createdAt'> {
  return {
    ...ids,
    number: pathOf(row),
    parentId: above?.id ?? null,
    kind: row.kind,
    code: row.code,
    name: row.name?.trim() ?? null,
    usage: row.usage ?? null,
    commonAreaCode: row.commonAreaCode ?? null,
    areaM2: row.areaM2 ?? null,
    floor: row.floor ?? null,
    deliveredOn: row.deliveredOn ?? null,
    warrantyFrom: row.warrantyFrom ?? row.deliveredOn ?? above?.warrantyFrom ?? null,
    designLifeYears: row.designLifeYears ?? above?.designLifeYears ?? null,
  };
}

/** A place after a change of descriptive fields. */
export function changePlace(place: Place, changes: PlaceDescription): Place {
  const { name, usage, areaM2, floor, deliveredOn, warrantyFrom, designLifeYears } = changes;
  const wanted = { name: name?.trim() ?? name, usage, areaM2, floor, deliveredOn, warrantyFrom, designLifeYears };
  const changed = withChanges(place, wanted);
  refuseAll([...usageViolations(place.kind, changed.usage, 'input'), ...descriptionViolations(changes, 'input')]);
  return changed;
}
