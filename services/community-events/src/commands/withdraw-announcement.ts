import { txScope, type Tx } from '@steward/db';
import { announcementWithdrawn } from '@steward/events';
import { cancelDeadlines, lockAuthorized, publish, saveAggregate } from '@steward/service-kit';

import { announcementAggregate } from '../db/notice-aggregates.ts';
import { requireAnnouncement } from '../domain/notice-rules.ts';
import type { WithdrawAnnouncementInput } from '../graphql/generated.ts';
import { announcementFact } from './draft-announcement.ts';

export async function withdrawAnnouncement(tx: Tx, input: WithdrawAnnouncementInput): Promise<{ id: string }> {
  const before = await lockAuthorized(tx, announcementAggregate, input);
  requireAnnouncement(before, 'withdrawAnnouncement');
  const after = { ...before, status: 'WITHDRAWN' as const, withdrawnAt: txScope(tx).now };
  const saved = await saveAggregate(tx, announcementAggregate, before, after, {
    action: 'withdrawAnnouncement',
    rule: 'A227',
  });
  publish(tx, saved, announcementWithdrawn, announcementFact(saved));
  await cancelDeadlines(tx, saved);
  return { id: saved.id };
}
