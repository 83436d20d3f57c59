import { refuseAll } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { renderPdf } from '@steward/documents';
import { announcementPrinted } from '@steward/events';
import { keepGenerated } from '@steward/files';
import { lockAuthorized, publish, saveAggregate } from '@steward/service-kit';

import { announcementAggregate } from '../db/notice-aggregates.ts';
import { requireAnnouncement } from '../domain/notice-rules.ts';
import type { PrintAnnouncementInput } from '../graphql/generated.ts';
import { todayOf } from './notice-values.ts';

/** The paper of an announcement, for as many copies as are printed (A227). */
export async function printAnnouncement(tx: Tx, input: PrintAnnouncementInput): Promise<{ id: string }> {
  const before = await lockAuthorized(tx, announcementAggregate, input);
  requireAnnouncement(before, 'printAnnouncement');
  const { copies } = input;
  if (copies < 1) refuseAll([{ path: 'input.copies', reason: 'COPIES_REQUIRED', rule: 'A227' }]);
  const { communityId, number, title, body } = before;
  const { today } = await todayOf(tx, communityId);
  const paragraphs = body.split('\n').map((text) => ({ kind: 'text' as const, text }));
  const createdAt = txScope(tx).now;
  const content = await renderPdf({ title, subtitle: `${number}  ${today}`, blocks: paragraphs, createdAt });
  const file = {
    purpose: 'announcement',
    contentType: 'application/pdf' as const,
    fileName: `${number}.pdf`,
    communityId,
  };
  const fileId = await keepGenerated(tx, file, content);
  const after = { ...before, printFileId: fileId, printedCopies: before.printedCopies + copies };
  const note = { action: 'printAnnouncement', rule: 'A227' };
  const saved = await saveAggregate(tx, announcementAggregate, before, after, note);
  publish(tx, saved, announcementPrinted, { announcementId: saved.id, fileId, copies });
  return { id: saved.id };
}
