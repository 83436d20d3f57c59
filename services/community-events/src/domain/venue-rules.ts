import type { Violation } from '@steward/core';

import { venueKinds } from './activity-policy.ts';

const rule = 'A106';

type VenueInput = {
  kindCode?: string | null;
  nameZh?: string | null;
  nameEn?: string | null;
  capacity?: number | null;
  openFrom?: string | null;
  openTo?: string | null;
};

/** What is wrong with what is said of a venue; what is absent is not judged. */
export function venueInputViolations(input: VenueInput): Violation[] {
  const { kindCode, capacity, openFrom, openTo } = input;
  const kinds: readonly string[] = venueKinds;
  const violations: Violation[] = [];
  if (kindCode != null && !kinds.includes(kindCode)) {
    violations.push({ path: 'input.kindCode', reason: 'VENUE_KIND_UNKNOWN', rule, params: { code: kindCode } });
  }
  for (const name of ['nameZh', 'nameEn'] as const) {
    if (input[name] != null && input[name].trim() === '') {
      violations.push({ path: `input.${name}`, reason: 'TEXT_REQUIRED', rule });
    }
  }
  if (capacity != null && capacity < 1) violations.push({ path: 'input.capacity', reason: 'CAPACITY_TOO_SMALL', rule });
  if (openFrom != null && openTo != null && openFrom >= openTo) {
    violations.push({ path: 'input.openTo', reason: 'CLOSES_BEFORE_OPENING', rule });
  }
  return violations;
}
