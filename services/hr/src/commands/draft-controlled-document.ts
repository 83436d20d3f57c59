import { createHash } from 'node:crypto';

import { DomainError, newId, refuseAll } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { controlledDocumentEvents } from '@steward/events';
import {
  authorize,
  insertAndTell,
  lockAuthorized,
  nextNumber,
  notify,
  saveAndTell,
  seal,
  sealOptional,
} from '@steward/service-kit';

import { findVersion, insertVersion, updateVersion } from '../db/document-queries.ts';
import { controlledDocumentAggregate } from '../db/training-aggregates.ts';
import type { ControlledDocument } from '../domain/controlled-document.ts';
import { documentViolations } from '../domain/document-rules.ts';
import { moveBy, requireReason } from '../domain/duty-transition-rules.ts';
import { staffRoles } from '../domain/staff-policy.ts';
import { documentFact } from '../domain/training-facts.ts';
import { trainingPrefixes } from '../domain/training-policy.ts';
import type {
  AmendControlledDocumentInput,
  DraftControlledDocumentInput,
  ReturnControlledDocumentInput,
  ReviseControlledDocumentInput,
  SubmitControlledDocumentInput,
} from '../graphql/generated.ts';
import { requireGrade, requireSight } from './document-clearance.ts';
import { zoneOfManaged } from './training-context.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The text as it is kept and acknowledged. */
const sealedBody = (tx: Tx, body: string): { bodySealed: string; bodySha256: string } => ({
  bodySealed: seal(tx, body),
  bodySha256: sha256(body),
});

/** Locked, and hidden from whom its grade hides it from. */
export async function lockDocument(
  tx: Tx,
  input: { id: string; expectedVersion?: number | null },
): Promise<ControlledDocument> {
  const document = await lockAuthorized(tx, controlledDocumentAggregate, input);
  requireSight(tx, document);
  return document;
}

export async function draftControlledDocument(tx: Tx, input: DraftControlledDocumentInput): Promise<{ id: string }> {
  const { communityId, kindCode, secrecy, body } = input;
  await authorize(tx, { communityId });
  requireGrade(tx, secrecy);
  const zone = await zoneOfManaged(tx, communityId);
  const audienceRoles = [...input.audienceRoles];
  refuseAll(documentViolations({ ...input, audienceRoles: audienceRoles.map((role) => staffRoles[role]) }));
  const number = await nextNumber(tx, communityId, trainingPrefixes.document, zone);
  const terms = { titleSealed: seal(tx, input.title.trim()), kindCode, secrecy, audienceRoles };
  const open = { status: 'DRAFT' as const, latestVersion: 1, versionInForce: null, submittedBy: null, reviewOn: null };
  const unarchived = { archiveNumber: null, archivedVersion: null, archivedAt: null };
  const isTrainingNeeded = input.isTrainingNeeded ?? false;
  const fresh = { id: newId(), communityId, number, ...terms, isTrainingNeeded, ...open, ...unarchived };
  const text = sealedBody(tx, body);
  const note = { action: 'draftControlledDocument', rule: 'A329' };
  const told = [controlledDocumentEvents.drafted, documentFact(text.bodySha256)] as const;
  const document = await insertAndTell(tx, controlledDocumentAggregate, fresh, note, told);
  const version = { documentId: document.id, versionNumber: 1, ...text, secrecy, changeNoteSealed: null };
  await insertVersion(tx, version);
  return { id: document.id };
}

/** Changes the text, the proposed grade or the note of a draft; absent keeps. */
export async function amendControlledDocument(tx: Tx, input: AmendControlledDocumentInput): Promise<{ id: string }> {
  const document = await lockDocument(tx, input);
  const draft = moveBy(document, 'amendControlledDocument', 'DRAFT');
  const version = await findVersion(tx, document.id, document.latestVersion);
  requireGrade(tx, version.secrecy);
  const secrecy = input.secrecy ?? version.secrecy;
  requireGrade(tx, secrecy);
  if (input.body != null && input.body.trim() === '')
    throw new DomainError('BAD_USER_INPUT', 'TEXT_REQUIRED', { path: 'input.body' });
  const text = input.body == null ? version : sealedBody(tx, input.body);
  const changeNoteSealed =
    input.changeNote === undefined ? version.changeNoteSealed : sealOptional(tx, input.changeNote);
  const { bodySealed, bodySha256 } = text;
  await updateVersion(tx, version, { bodySealed, bodySha256, secrecy, changeNoteSealed });
  // Until a version is in force the document itself bears the proposed grade.
  const after = document.versionInForce === null ? { ...draft, secrecy } : draft;
  const note = { action: 'amendControlledDocument', rule: 'A329' };
  const told = [controlledDocumentEvents.amended, documentFact(bodySha256)] as const;
  return { id: (await saveAndTell(tx, controlledDocumentAggregate, { before: document, after, note }, told)).id };
}

/** Begins the next version; the one in force holds until the new one is published. */
export async function reviseControlledDocument(tx: Tx, input: ReviseControlledDocumentInput): Promise<{ id: string }> {
  const document = await lockDocument(tx, input);
  const draft = moveBy(document, 'reviseControlledDocument', 'DRAFT');
  const secrecy = input.secrecy ?? document.secrecy;
  requireGrade(tx, secrecy);
  const body = input.body;
  if (body.trim() === '') throw new DomainError('BAD_USER_INPUT', 'TEXT_REQUIRED', { path: 'input.body' });
  const changeNote = requireReason(input.changeNote, 'input.changeNote');
  const text = sealedBody(tx, body);
  const before = await findVersion(tx, document.id, document.latestVersion);
  if (before.bodySha256 === text.bodySha256)
    throw new DomainError('CONFLICT', 'DOCUMENT_UNCHANGED', { rule: 'A329', path: 'input.body' });
  const versionNumber = document.latestVersion + 1;
  const changeNoteSealed = seal(tx, changeNote);
  await insertVersion(tx, { documentId: document.id, versionNumber, ...text, secrecy, changeNoteSealed });
  const note = { action: 'reviseControlledDocument', rule: 'A329' };
  const told = [controlledDocumentEvents.revised, documentFact(text.bodySha256)] as const;
  const after = { ...draft, latestVersion: versionNumber, submittedBy: null };
  return { id: (await saveAndTell(tx, controlledDocumentAggregate, { before: document, after, note }, told)).id };
}

export async function submitControlledDocument(tx: Tx, input: SubmitControlledDocumentInput): Promise<{ id: string }> {
  const document = await lockDocument(tx, input);
  const after = { ...moveBy(document, 'submitControlledDocument', 'SUBMITTED'), submittedBy: txScope(tx).actor.sub };
  const { bodySha256 } = await findVersion(tx, document.id, document.latestVersion);
  const note = { action: 'submitControlledDocument', rule: 'A329' };
  const told = [controlledDocumentEvents.submitted, documentFact(bodySha256)] as const;
  const saved = await saveAndTell(tx, controlledDocumentAggregate, { before: document, after, note }, told);
  await tellAbout(tx, saved, 'director', 'documentSubmitted');
  return { id: saved.id };
}

export async function returnControlledDocument(tx: Tx, input: ReturnControlledDocumentInput): Promise<{ id: string }> {
  const document = await lockDocument(tx, input);
  const after = { ...moveBy(document, 'returnControlledDocument', 'DRAFT'), submittedBy: null };
  const { bodySha256 } = await findVersion(tx, document.id, document.latestVersion);
  const note = { action: 'returnControlledDocument', rule: 'A329', reason: requireReason(input.reason) };
  const told = [controlledDocumentEvents.returned, documentFact(bodySha256)] as const;
  const saved = await saveAndTell(tx, controlledDocumentAggregate, { before: document, after, note }, told);
  await tellAbout(tx, saved, 'supervisor', 'documentReturned');
  return { id: saved.id };
}

/** By number alone: the title may be secret. */
async function tellAbout(
  tx: Tx,
  { communityId, number, id: aggregateId }: ControlledDocument,
  role: 'director' | 'supervisor',
  template: string,
): Promise<void> {
  await notify(tx, { communityId, to: { role }, template, params: { number }, aggregateId });
}
