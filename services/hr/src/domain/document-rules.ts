import { DomainError, type Violation } from '@steward/core';

import type { ControlledDocument, DocumentSecrecy } from './controlled-document.ts';
import { clearances, documentEditors, documentKinds } from './training-policy.ts';

const allows = (roles: readonly string[], held: readonly string[]): boolean =>
  held.some((role) => roles.includes(role));

const grades = Object.keys(clearances) as DocumentSecrecy[];

/** The grades that holders of these roles may read. */
export const clearedFor = (roles: readonly string[]): DocumentSecrecy[] =>
  grades.filter((grade) => allows(clearances[grade].roles, roles));

/** Whether holders of these roles see drafts and older versions as well. */
export const isEditor = (roles: readonly string[]): boolean => allows(documentEditors.roles, roles);

type Known = Pick<ControlledDocument, 'secrecy' | 'versionInForce'>;

/** Whether somebody sees a document by their roles; what was never in force is the editors' alone. */
export const isCleared = ({ secrecy, versionInForce }: Known, roles: readonly string[]): boolean =>
  clearedFor(roles).includes(secrecy) && (versionInForce !== null || isEditor(roles));

/** Roles of an audience whose holders may not read the grade. */
export const beyondClearance = (audience: readonly string[], grade: DocumentSecrecy): string[] =>
  audience.filter((role) => !clearedFor([role]).includes(grade));

type Terms = {
  title: string;
  kindCode: string;
  body: string;
  secrecy: DocumentSecrecy;
  audienceRoles: readonly string[];
};

export function documentViolations(terms: Terms): Violation[] {
  const violations: Violation[] = [];
  if (terms.title.trim() === '') violations.push({ path: 'input.title', reason: 'TEXT_REQUIRED' });
  if (terms.body.trim() === '') violations.push({ path: 'input.body', reason: 'TEXT_REQUIRED' });
  if (!documentKinds.includes(terms.kindCode))
    violations.push({
      path: 'input.kindCode',
      reason: 'DOCUMENT_KIND_UNKNOWN',
      params: { kindCode: terms.kindCode },
    });
  for (const role of beyondClearance(terms.audienceRoles, terms.secrecy))
    violations.push({
      path: 'input.audienceRoles',
      reason: 'AUDIENCE_NOT_CLEARED',
      rule: 'A329',
      params: { role, secrecy: terms.secrecy },
    });
  return violations;
}

/** The paper goes to the archive under the grade that was approved, no other (A329). */
export function requireApprovedGrade(document: ControlledDocument, secrecy: DocumentSecrecy): void {
  if (document.versionInForce === null) throw new DomainError('CONFLICT', 'DOCUMENT_NEVER_IN_FORCE', { rule: 'A329' });
  if (secrecy !== document.secrecy)
    throw new DomainError('CONFLICT', 'SECRECY_NOT_APPROVED', {
      rule: 'A329',
      path: 'input.secrecy',
      params: { approved: document.secrecy },
    });
  if (document.archivedVersion === document.versionInForce)
    throw new DomainError('CONFLICT', 'ALREADY_TRANSFERRED', { rule: 'A329' });
}

/** Somebody else than who handed it in decides. */
export function requireChecker(submittedBy: string | null, sub: string, rule: string): void {
  if (submittedBy === sub) throw new DomainError('FORBIDDEN', 'OWN_REQUEST', { rule });
}
