import { DomainError, refuseAll, type Violation } from '@steward/core';

import { decorationViolationProcedure } from './decoration-transition-rules.ts';
import { structuralKinds, violationKinds } from './decoration-violation-policy.ts';
import type {
  DecorationViolation,
  DecorationViolationKind,
  DecorationViolationResolution,
} from './decoration-violation.ts';
import { textViolations } from './text-rules.ts';

const { moveTo } = decorationViolationProcedure;

type Found = {
  kind: DecorationViolationKind;
  note: string;
  photoCount: number;
  /** Whether the terms allow work at the time it was found; null: there are no terms. */
  isWithinHours: boolean | null;
  inspectionFits: boolean;
};

/** What is wrong with a violation to be registered (A250). */
export function foundViolations({ kind, note, photoCount, isWithinHours, inspectionFits }: Found): Violation[] {
  const { rule } = violationKinds[kind];
  const violations: Violation[] = [...textViolations(note, 'input.note')];
  if (photoCount === 0) violations.push({ path: 'input.photoFileIds', reason: 'PHOTO_REQUIRED', rule });
  if (kind === 'OUTSIDE_HOURS' && isWithinHours !== false)
    violations.push({ path: 'input.occurredAt', reason: 'WITHIN_HOURS', rule });
  if (!inspectionFits) violations.push({ path: 'input.inspectionId', reason: 'INSPECTION_NOT_OF_UNIT', rule });
  return violations;
}

/** What endangers the building stops the work whoever finds it; otherwise whoever finds it decides. */
export const stopsWork = (kind: DecorationViolationKind, isAskedFor: boolean): boolean =>
  violationKinds[kind].alwaysStops || isAskedFor;

export const reportRemedied = (
  violation: DecorationViolation,
  remediedAt: Date,
  remediedBy: string | null,
): DecorationViolation => ({
  ...moveTo(violation, 'reportDecorationViolationRemedied', 'REMEDIED'),
  remediedAt,
  remediedBy,
});

type Check = {
  isRemedied: boolean;
  resolution: DecorationViolationResolution | null;
  photoCount: number;
  hasAuthorityApproval: boolean;
  at: Date;
  checkerId: string | null;
};

function checkViolations(violation: DecorationViolation, check: Check): Violation[] {
  const rule = 'A250';
  if (!check.isRemedied) return [];
  const violations: Violation[] = [];
  if (check.photoCount === 0) violations.push({ path: 'input.photoFileIds', reason: 'PHOTO_REQUIRED', rule });
  if (check.resolution === null) violations.push({ path: 'input.resolution', reason: 'RESOLUTION_REQUIRED', rule });
  if (
    check.resolution === 'APPROVED_AFTERWARDS' &&
    structuralKinds.includes(violation.kind) &&
    !check.hasAuthorityApproval
  )
    violations.push({ path: 'input.resolution', reason: 'AUTHORITY_APPROVAL_MISSING', rule: 'A085' });
  return violations;
}

/** Somebody who did not report it looks whether it is remedied: resolved for good, or open again (A250). */
export function checkViolation(violation: DecorationViolation, check: Check): DecorationViolation {
  const checked = moveTo(violation, 'checkDecorationViolation', check.isRemedied ? 'RESOLVED' : 'OPEN');
  if (check.checkerId !== null && check.checkerId === violation.remediedBy)
    throw new DomainError('FORBIDDEN', 'OWN_WORK', { rule: 'A250' });
  refuseAll(checkViolations(violation, check));
  return {
    ...checked,
    checkCount: violation.checkCount + 1,
    resolvedAt: check.isRemedied ? check.at : null,
    resolution: check.isRemedied ? check.resolution : null,
    remediedAt: check.isRemedied ? violation.remediedAt : null,
    remediedBy: check.isRemedied ? violation.remediedBy : null,
  };
}
