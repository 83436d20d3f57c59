import { DomainError } from '@steward/core';

import { documentKinds, fileRowOfUsage, type householdFilePolicy } from './household-policy.ts';
import type { HoldingTenure } from './household.ts';
import type { UnitUsage } from './place.ts';

type Row = keyof (typeof householdFilePolicy)['figures'];

/** The table as it holds for one community. */
export type FileRequirements = Record<Row, readonly string[]>;

/** What a file's requirements depend on, on one day. */
export type FileOccasion = {
  holdings: readonly { usage: UnitUsage; tenure: HoldingTenure }[];
  hasAgent: boolean;
  hasCompanyOwner: boolean;
};

/** Kinds of paper that must be there, in the order of the table. */
export function requiredKinds(requirements: FileRequirements, occasion: FileOccasion): string[] {
  const rows = occasion.holdings.map(
    ({ usage, tenure }): Row => `${fileRowOfUsage[usage]}${tenure === 'OWNED' ? 'Owned' : 'Rented'}`,
  );
  if (rows.length > 0 && occasion.hasAgent) rows.push('byAgent');
  if (rows.length > 0 && occasion.hasCompanyOwner) rows.push('byCompany');
  return [...new Set(rows.flatMap((row) => requirements[row]))];
}

export type Completeness = { required: string[]; missing: string[]; share: string };

/** How much of what is required is there: a share with two decimals, rounded down so that 1 means all. */
export function completeness(required: string[], present: readonly string[]): Completeness {
  const missing = required.filter((kind) => !present.includes(kind));
  const share = required.length === 0 ? 1 : (required.length - missing.length) / required.length;
  return { required, missing, share: (Math.floor(share * 100) / 100).toFixed(2) };
}

/** Refuses a paper of no known kind, and one from the future. */
export function requireFileable(kindCode: string, receivedAt: Date, now: Date): void {
  if (!documentKinds.includes(kindCode)) {
    throw new DomainError('BAD_USER_INPUT', 'DOCUMENT_KIND_UNKNOWN', { path: 'input.kindCode', params: { code: kindCode } });
  }
  if (receivedAt > now) throw new DomainError('BAD_USER_INPUT', 'IN_THE_FUTURE', { path: 'input.receivedAt' });
}
