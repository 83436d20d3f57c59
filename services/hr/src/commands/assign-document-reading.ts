import { addDays, DomainError, newId } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { documentReadingEvents } from '@steward/events';
import {
  cancelDeadlines,
  insertAggregates,
  lockAggregates,
  lockAuthorized,
  lockNaturalKeys,
  meetDeadline,
  nextNumbers,
  notify,
  publish,
  resolvePolicy,
  saveAggregates,
  saveAndTell,
  startDeadline,
} from '@steward/service-kit';

import { findVersion, unreadVersions } from '../db/document-queries.ts';
import { documentReadingAggregate } from '../db/training-aggregates.ts';
import type { DocumentReading } from '../domain/controlled-document.ts';
import { moveBy } from '../domain/duty-transition-rules.ts';
import { readingFact } from '../domain/training-facts.ts';
import { trainingPolicy, trainingPrefixes } from '../domain/training-policy.ts';
import type { AcknowledgeDocumentReadingInput, OpenDocumentReadingInput } from '../graphql/generated.ts';

type Day = { communityId: string; zone: string; on: string; documentId?: string; startedAt?: Date };

/** Everybody of an audience gets the version in force to read, once; who joins later as well (A329). */
export async function assignReadings(tx: Tx, { communityId, zone, on, documentId, startedAt }: Day): Promise<void> {
  // A publication and the night may both find somebody without a reading.
  await lockNaturalKeys(tx, `document-reading/${communityId}`);
  const unread = await unreadVersions(tx, communityId, on, documentId ?? null);
  const count = unread.length;
  if (count === 0) return;
  const { documentReadingDays: days } = await resolvePolicy(tx, trainingPolicy, communityId);
  const numbers = await nextNumbers(tx, { communityId, prefix: trainingPrefixes.reading, zone, count });
  const dueOn = addDays(on, days);
  const fresh = unread.map((version, index) => ({
    id: newId(),
    communityId,
    number: numbers[index] ?? '',
    ...version,
    dueOn,
    status: 'DUE' as const,
    openedAt: null,
    acknowledgedAt: null,
  }));
  const note = { action: 'assignDocumentReading', rule: 'A329' };
  for (const reading of await insertAggregates(tx, documentReadingAggregate, fresh, note)) {
    publish(tx, reading, documentReadingEvents.assigned, readingFact(reading));
    await startReadingClock(tx, reading, { zone, ...(startedAt === undefined ? {} : { startedAt }) });
    const { staffId, number, id: aggregateId } = reading;
    const params = { number, dueOn };
    await notify(tx, { communityId, to: { staffId }, template: 'documentToRead', params, aggregateId });
  }
}

async function startReadingClock(
  tx: Tx,
  reading: DocumentReading,
  clock: { zone: string; startedAt?: Date },
): Promise<void> {
  const { documentReadingDays: amount, reminderPercent } = await resolvePolicy(tx, trainingPolicy, reading.communityId);
  const reader = { staffId: reading.staffId };
  const escalations = [
    { afterShare: 1, to: reader },
    { afterShare: 1, to: { role: 'supervisor' as const } },
    { afterShare: 2, to: { role: 'director' as const } },
  ];
  const span = { amount, unit: 'day' as const };
  const spec = { kind: 'DOCUMENT_READING', rule: 'A329', span, warnShare: reminderPercent / 100, warnTo: reader };
  await startDeadline(tx, documentReadingAggregate, reading, { ...spec, escalations }, clock);
}

/** What need not be read any more. */
export async function cancelReadings(tx: Tx, ids: readonly string[], action: string): Promise<void> {
  const locked = [...(await lockAggregates(tx, documentReadingAggregate, ids)).values()];
  const open = locked.filter(({ status }) => status === 'DUE' || status === 'OPENED');
  const pairs = open.map((before) => ({ before, after: { ...before, status: 'CANCELLED' as const } }));
  for (const reading of await saveAggregates(tx, documentReadingAggregate, pairs, { action, rule: 'A329' })) {
    publish(tx, reading, documentReadingEvents.cancelled, readingFact(reading));
    await cancelDeadlines(tx, reading, 'DOCUMENT_READING');
  }
}

/** Opens the text; from then on the reader sees it here and can acknowledge it. */
export async function openDocumentReading(tx: Tx, input: OpenDocumentReadingInput): Promise<{ id: string }> {
  const reading = await lockAuthorized(tx, documentReadingAggregate, input);
  const opened = { ...moveBy(reading, 'openDocumentReading', 'OPENED'), openedAt: txScope(tx).now };
  const note = { action: 'openDocumentReading', rule: 'A329' };
  const told = [documentReadingEvents.opened, readingFact] as const;
  return { id: (await saveAndTell(tx, documentReadingAggregate, { before: reading, after: opened, note }, told)).id };
}

/** Read and understood: the hash says which words (A329). */
export async function acknowledgeDocumentReading(
  tx: Tx,
  input: AcknowledgeDocumentReadingInput,
): Promise<{ id: string }> {
  const reading = await lockAuthorized(tx, documentReadingAggregate, input);
  const acknowledged = moveBy(reading, 'acknowledgeDocumentReading', 'ACKNOWLEDGED');
  const { bodySha256 } = await findVersion(tx, reading.documentId, reading.versionNumber);
  if (input.bodySha256 !== bodySha256)
    throw new DomainError('CONFLICT', 'DOCUMENT_TEXT_DIFFERS', { rule: 'A329', path: 'input.bodySha256' });
  const after = { ...acknowledged, acknowledgedAt: txScope(tx).now };
  const note = { action: 'acknowledgeDocumentReading', rule: 'A329' };
  const told = [documentReadingEvents.acknowledged, readingFact] as const;
  const saved = await saveAndTell(tx, documentReadingAggregate, { before: reading, after, note }, told);
  await meetDeadline(tx, saved, 'DOCUMENT_READING');
  return { id: saved.id };
}
