import { DomainError, refuseAll, type Violation } from '@steward/core';

import { fileSetDocumentKinds, type FileSetKind } from './file-set-policy.ts';
import type { FileInspection, FileSetDocument } from './file-set.ts';

export type FileSetJudgement = { requiredKindCodes: string[]; missingKindCodes: string[]; isComplete: boolean };

/** What a set must hold and what is missing (A213). */
export function judgeFileSet(required: readonly string[], filed: readonly string[]): FileSetJudgement {
  const missing = required.filter((code) => !filed.includes(code));
  return { requiredKindCodes: [...required], missingKindCodes: missing, isComplete: missing.length === 0 };
}

/** What is wrong with a document of a set. */
export function setDocumentViolations(
  kind: FileSetKind,
  { kindCode, filedAt }: Pick<FileSetDocument, 'kindCode' | 'filedAt'>,
  now: Date,
): Violation[] {
  const violations: Violation[] = [];
  if (!fileSetDocumentKinds[kind].includes(kindCode)) {
    const params = { code: kindCode };
    violations.push({ path: 'input.kindCode', reason: 'SET_DOCUMENT_KIND_UNKNOWN', rule: 'A213', params });
  }
  if (filedAt > now) violations.push({ path: 'input.filedAt', reason: 'IN_THE_FUTURE', rule: 'A213' });
  return violations;
}

const day = 86_400_000;

type Asked = { fileSetKinds: readonly string[]; validTo: Date };

/** Refuses a right to read without a set, that is over, or that lasts longer than the policy allows (A214). */
export function requireInspection({ fileSetKinds, validTo }: Asked, now: Date, longestDays: number): void {
  const violations: Violation[] = [];
  if (fileSetKinds.length === 0) violations.push({ path: 'input.fileSetKinds', reason: 'FILE_SETS_REQUIRED' });
  if (validTo <= now) violations.push({ path: 'input.validTo', reason: 'IN_THE_PAST' });
  if (validTo.getTime() > now.getTime() + longestDays * day) {
    violations.push({ path: 'input.validTo', reason: 'INSPECTION_TOO_LONG', params: { days: longestDays } });
  }
  refuseAll(violations.map((violation) => ({ ...violation, rule: 'A214' })));
}

/** Whether a right to read holds at an instant. */
export const isReading = ({ validTo, endedAt }: Pick<FileInspection, 'validTo' | 'endedAt'>, at: Date): boolean =>
  endedAt === null && at < validTo;

/** The right to read is over, by its time or because somebody took it back. */
export function endInspection(inspection: FileInspection, reasonCode: string, at: Date): FileInspection {
  if (inspection.endedAt !== null) throw new DomainError('CONFLICT', 'INSPECTION_ENDED', { rule: 'A214' });
  return { ...inspection, endedAt: at, endReasonCode: reasonCode };
}

export const inspectionEndReasons: readonly string[] = ['INSPECTION_DONE', 'NOT_ENTITLED', 'ENTERED_BY_MISTAKE'];
/** Its time has come. */
export const inspectionExpired = 'EXPIRED';
