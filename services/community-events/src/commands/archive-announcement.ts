import { txScope, type Tx } from '@steward/db';
import { announcementArchived } from '@steward/events';
import { lockAuthorized, meetDeadline, publish, saveAggregate } from '@steward/service-kit';

import { announcementAggregate } from '../db/notice-aggregates.ts';
import { requireAnnouncement } from '../domain/notice-rules.ts';
import type { ArchiveAnnouncementInput } from '../graphql/generated.ts';
import { announcementFact } from './draft-announcement.ts';

export async function archiveAnnouncement(tx: Tx, input: ArchiveAnnouncementInput): Promise<{ id: string }> {
  const before = await lockAuthorized(tx, announcementAggregate, input);
  requireAnnouncement(before, 'archiveAnnouncement');
  const after = { ...before, status: 'ARCHIVED' as const, archivedAt: txScope(tx).now };
  const saved = await saveAggregate(tx, announcementAggregate, before, after, {
    action: 'archiveAnnouncement',
    rule: 'A227',
  });
  publish(tx, saved, announcementArchived, announcementFact(saved));
  await meetDeadline(tx, saved, 'FILING');
  return { id: saved.id };
}
