import { refuseAll, type Violation } from '@steward/core';

import { documentKinds, premises, type householdFilePolicy } from './household-file-policy.ts';
import type { HoldingTenure, HouseholdRole } from './household.ts';

type Figures = Record<keyof typeof householdFilePolicy.figures, readonly string[]>;

/** What a file is judged by: who belongs to the household today, what it holds today, and which papers are there. */
export type FileContents = {
  members: readonly { role: HouseholdRole; isOrganisation: boolean }[];
  holdings: readonly { tenure: HoldingTenure; usage: string }[];
  documentKindCodes: readonly string[];
  figures: Figures;
};

export type FileJudgement = {
  requiredKindCodes: string[];
  missingKindCodes: string[];
  isComplete: boolean;
  /** Share of the required kinds that are there, with two decimals. */
  completeness: string;
};

/** Which rows of the policy hold for a household. A household that holds no premises is not in need of papers. */
function circumstances({ members, holdings }: FileContents): (keyof Figures)[] {
  const held = holdings.filter(({ usage }) => premises.includes(usage));
  const has = (role: HouseholdRole, isOrganisation: boolean): boolean =>
    members.some((member) => member.role === role && member.isOrganisation === isOrganisation);
  const holds: Record<keyof Figures, boolean> = {
    personOwner: has('OWNER', false),
    organisationOwner: has('OWNER', true),
    personRenter: has('RENTER', false),
    organisationRenter: has('RENTER', true),
    agent: members.some(({ role }) => role === 'AGENT'),
    ownedPremises: held.some(({ tenure }) => tenure === 'OWNED'),
    rentedPremises: held.some(({ tenure }) => tenure === 'RENTED'),
    dwelling: held.some(({ usage }) => usage === 'RESIDENTIAL'),
    shop: held.some(({ usage }) => usage === 'SHOP'),
    office: held.some(({ usage }) => usage === 'OFFICE'),
  };
  return held.length === 0 ? [] : (Object.keys(holds) as (keyof Figures)[]).filter((key) => holds[key]);
}

/** What must be in the file today and what is missing (B016). */
export function judgeFile(contents: FileContents): FileJudgement {
  const required = [...new Set(circumstances(contents).flatMap((key) => contents.figures[key]))];
  const missing = required.filter((code) => !contents.documentKindCodes.includes(code));
  const share = required.length === 0 ? 1 : (required.length - missing.length) / required.length;
  return {
    requiredKindCodes: required,
    missingKindCodes: missing,
    isComplete: missing.length === 0,
    // Rounded down, so that only a complete file shows 1.00.
    completeness: (Math.floor(share * 100) / 100).toFixed(2),
  };
}

/** What is wrong with a paper: it is of no known kind, or from the future. */
export function paperViolations(paper: { kindCode: string; receivedAt: Date }, now: Date, path: string): Violation[] {
  const violations: Violation[] = [];
  const { kindCode, receivedAt } = paper;
  if (!documentKinds.includes(kindCode)) {
    violations.push({ path: `${path}.kindCode`, reason: 'DOCUMENT_KIND_UNKNOWN', params: { code: kindCode } });
  }
  if (receivedAt > now) violations.push({ path: `${path}.receivedAt`, reason: 'IN_THE_FUTURE' });
  return violations;
}

/** Refuses a paper of no known kind, or one from the future. */
export const requireDocument = (document: { kindCode: string; receivedAt: Date }, now: Date): void =>
  refuseAll(paperViolations(document, now, 'input'));
