import { deadlineAfter, DomainError, localDate, refuseAll } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { controlledDocumentEvents } from '@steward/events';
import {
  cancelDeadlines,
  meetDeadline,
  notify,
  resolvePolicy,
  saveAndTell,
  startDeadline,
  zoneOf,
} from '@steward/service-kit';

import { findVersion, insertReaders, openReadingsOf, updateVersion } from '../db/document-queries.ts';
import { controlledDocumentAggregate } from '../db/training-aggregates.ts';
import type { ControlledDocument } from '../domain/controlled-document.ts';
import { beyondClearance, requireApprovedGrade, requireChecker } from '../domain/document-rules.ts';
import { moveBy, requireReason } from '../domain/duty-transition-rules.ts';
import { staffRoles } from '../domain/staff-policy.ts';
import { documentFact } from '../domain/training-facts.ts';
import { trainingPolicy } from '../domain/training-policy.ts';
import type {
  ConfirmControlledDocumentInput,
  GrantDocumentAccessInput,
  PublishControlledDocumentInput,
  TransferControlledDocumentInput,
  WithdrawControlledDocumentInput,
} from '../graphql/generated.ts';
import { assignReadings, cancelReadings } from './assign-document-reading.ts';
import { lockDocument } from './draft-controlled-document.ts';
import { strangers } from './training-context.ts';

/** Puts the newest version in force under its grade: everybody of the audience has to read it (A329). */
export async function publishControlledDocument(
  tx: Tx,
  input: PublishControlledDocumentInput,
): Promise<{ id: string }> {
  const { now, actor } = txScope(tx);
  const document = await lockDocument(tx, input);
  const inForce = moveBy(document, 'publishControlledDocument', 'IN_FORCE');
  requireChecker(document.submittedBy, actor.sub, 'A329');
  const version = await findVersion(tx, document.id, document.latestVersion);
  const audienceRoles = input.audienceRoles ?? document.audienceRoles;
  refuseAll(
    beyondClearance(
      audienceRoles.map((role) => staffRoles[role]),
      version.secrecy,
    ).map((role) => ({
      path: 'input.audienceRoles',
      reason: 'AUDIENCE_NOT_CLEARED',
      rule: 'A329',
      params: { role, secrecy: version.secrecy },
    })),
  );
  const zone = await zoneOf(tx, document.communityId);
  const effectiveOn = localDate(now, zone);
  await updateVersion(tx, version, { effectiveOn, publishedAt: now });
  const reviewOn = await nextReview(tx, document, zone);
  const approved = {
    secrecy: version.secrecy,
    audienceRoles: [...audienceRoles],
    versionInForce: document.latestVersion,
  };
  const note = { action: 'publishControlledDocument', rule: 'A329' };
  const told = [controlledDocumentEvents.published, documentFact(version.bodySha256)] as const;
  const after = { ...inForce, ...approved, reviewOn };
  const saved = await saveAndTell(tx, controlledDocumentAggregate, { before: document, after, note }, told);
  await cancelDeadlines(tx, saved);
  await startReviewClock(tx, saved, zone);
  if (saved.isTrainingNeeded) await startTrainingClock(tx, saved, zone);
  await cancelReadings(tx, await openReadingsOf(tx, saved.id), 'publishControlledDocument');
  await assignReadings(tx, { communityId: saved.communityId, zone, on: effectiveOn, documentId: saved.id });
  return { id: saved.id };
}

/** Last day by which somebody looks whether the document still holds. */
async function nextReview(tx: Tx, { communityId }: ControlledDocument, zone: string): Promise<string> {
  const { documentReviewMonths: amount } = await resolvePolicy(tx, trainingPolicy, communityId);
  const dueAt = deadlineAfter(txScope(tx).now, { amount, unit: 'month' }, zone);
  return localDate(new Date(dueAt.getTime() - 1), zone);
}

const supervisor = { role: 'supervisor' as const };
const director = { role: 'director' as const };

async function startReviewClock(tx: Tx, document: ControlledDocument, zone: string): Promise<void> {
  const { documentReviewMonths: amount, reminderPercent } = await resolvePolicy(
    tx,
    trainingPolicy,
    document.communityId,
  );
  const span = { amount, unit: 'month' as const };
  const warning = { warnShare: reminderPercent / 100, warnTo: supervisor };
  const escalations = [{ afterShare: 1, to: director }];
  const spec = { kind: 'DOCUMENT_REVIEW', rule: 'A329', span, ...warning, escalations };
  await startDeadline(tx, controlledDocumentAggregate, document, spec, { zone });
}

/** By when a session of training explains the version. */
async function startTrainingClock(tx: Tx, document: ControlledDocument, zone: string): Promise<void> {
  const { documentTrainingDays: amount, reminderPercent } = await resolvePolicy(
    tx,
    trainingPolicy,
    document.communityId,
  );
  const span = { amount, unit: 'day' as const };
  const warning = { warnShare: reminderPercent / 100, warnTo: supervisor };
  const escalations = [
    { afterShare: 1, to: supervisor },
    { afterShare: 1, to: director },
  ];
  const spec = { kind: 'DOCUMENT_TRAINING', rule: 'A329', span, ...warning, escalations };
  await startDeadline(tx, controlledDocumentAggregate, document, spec, { zone });
}

/** Somebody looked: it still holds as it is (A329). */
export async function confirmControlledDocument(
  tx: Tx,
  input: ConfirmControlledDocumentInput,
): Promise<{ id: string }> {
  const document = await lockDocument(tx, input);
  const moved = moveBy(document, 'confirmControlledDocument', 'IN_FORCE');
  const zone = await zoneOf(tx, document.communityId);
  const { bodySha256 } = await findVersion(tx, document.id, document.latestVersion);
  const note = { action: 'confirmControlledDocument', rule: 'A329' };
  const told = [controlledDocumentEvents.confirmed, documentFact(bodySha256)] as const;
  const after = { ...moved, reviewOn: await nextReview(tx, document, zone) };
  const saved = await saveAndTell(tx, controlledDocumentAggregate, { before: document, after, note }, told);
  await meetDeadline(tx, saved, 'DOCUMENT_REVIEW');
  await startReviewClock(tx, saved, zone);
  return { id: saved.id };
}

/** Lets staff read a document that their office does not, to the end of a day (A329). */
export async function grantDocumentAccess(tx: Tx, input: GrantDocumentAccessInput): Promise<{ id: string }> {
  const { staffIds, lastOn } = input;
  const document = await lockDocument(tx, input);
  const moved = moveBy(document, 'grantDocumentAccess', 'IN_FORCE');
  const named = staffIds.map((staffId, index) => ({ staffId, path: `input.staffIds.${index}` }));
  const today = localDate(txScope(tx).now, await zoneOf(tx, document.communityId));
  const violations = await strangers(tx, named);
  if (lastOn < today) violations.push({ path: 'input.lastOn', reason: 'IN_THE_PAST' });
  refuseAll(violations);
  await insertReaders(tx, document.id, [...new Set(staffIds)], lastOn);
  const { bodySha256 } = await findVersion(tx, document.id, document.latestVersion);
  const note = { action: 'grantDocumentAccess', rule: 'A329', reason: requireReason(input.reason) };
  const told = [controlledDocumentEvents.entrusted, documentFact(bodySha256)] as const;
  const saved = await saveAndTell(tx, controlledDocumentAggregate, { before: document, after: moved, note }, told);
  const { communityId, number, id: aggregateId } = saved;
  const params = { number, lastOn };
  for (const staffId of new Set(staffIds))
    await notify(tx, { communityId, to: { staffId }, template: 'documentEntrusted', params, aggregateId });
  return { id: saved.id };
}

/** The paper goes to the company's archive under the grade that was approved (A329). */
export async function transferControlledDocument(
  tx: Tx,
  input: TransferControlledDocumentInput,
): Promise<{ id: string }> {
  const document = await lockDocument(tx, input);
  const moved = moveBy(document, 'transferControlledDocument', document.status);
  requireApprovedGrade(document, input.secrecy);
  const archiveNumber = input.archiveNumber.trim();
  if (archiveNumber === '') throw new DomainError('BAD_USER_INPUT', 'TEXT_REQUIRED', { path: 'input.archiveNumber' });
  const archived = { archiveNumber, archivedVersion: document.versionInForce, archivedAt: txScope(tx).now };
  const { bodySha256 } = await findVersion(tx, document.id, document.latestVersion);
  const note = { action: 'transferControlledDocument', rule: 'A329' };
  const told = [controlledDocumentEvents.transferred, documentFact(bodySha256)] as const;
  const after = { ...moved, ...archived };
  return { id: (await saveAndTell(tx, controlledDocumentAggregate, { before: document, after, note }, told)).id };
}

export async function withdrawControlledDocument(
  tx: Tx,
  input: WithdrawControlledDocumentInput,
): Promise<{ id: string }> {
  const document = await lockDocument(tx, input);
  const withdrawn = moveBy(document, 'withdrawControlledDocument', 'WITHDRAWN');
  const { bodySha256 } = await findVersion(tx, document.id, document.latestVersion);
  const note = { action: 'withdrawControlledDocument', rule: 'A329', reason: requireReason(input.reason) };
  const told = [controlledDocumentEvents.withdrawn, documentFact(bodySha256)] as const;
  const saved = await saveAndTell(tx, controlledDocumentAggregate, { before: document, after: withdrawn, note }, told);
  await cancelDeadlines(tx, saved);
  await cancelReadings(tx, await openReadingsOf(tx, saved.id), 'withdrawControlledDocument');
  return { id: saved.id };
}
