import type { Viewer } from '@steward/auth';
import { DomainError } from '@steward/core';
import type { Tx } from '@steward/db';

import type { DocumentViewer } from '../db/training-list-queries.ts';
import type { ControlledDocument, DocumentSecrecy } from '../domain/controlled-document.ts';
import { clearedFor, isCleared, isEditor } from '../domain/document-rules.ts';
import { rolesOfViewer } from './training-context.ts';

/** What of the documents a viewer sees, for lists. */
export const documentViewer = ({ roles, staffId }: Viewer): DocumentViewer => ({
  grades: clearedFor(roles),
  isEditor: isEditor(roles),
  staffId: staffId ?? null,
});

/** Whether a viewer sees a document by office. */
export const sees = ({ roles }: Viewer, document: ControlledDocument): boolean => isCleared(document, roles);

/** Whether a viewer sees versions that are not in force, as far as their grade lets them. */
export const edits = ({ roles }: Viewer, secrecy: DocumentSecrecy): boolean =>
  isEditor(roles) && clearedFor(roles).includes(secrecy);

/** Nobody touches a document that its grade hides from them. */
export function requireSight(tx: Tx, document: ControlledDocument): void {
  if (!isCleared(document, rolesOfViewer(tx))) throw new DomainError('NOT_FOUND', 'NOT_FOUND');
}

/** Nobody proposes a grade that they may not read. */
export function requireGrade(tx: Tx, secrecy: DocumentSecrecy): void {
  if (clearedFor(rolesOfViewer(tx)).includes(secrecy)) return;
  const params = { secrecy };
  throw new DomainError('FORBIDDEN', 'GRADE_BEYOND_CLEARANCE', { rule: 'A329', path: 'input.secrecy', params });
}
