import { txScope, type Tx } from '@steward/db';
import { announcementPublished } from '@steward/events';
import { lockByMatrix, notify, publish, saveAggregate, startDeadline } from '@steward/service-kit';

import { announcementAggregate } from '../db/notice-aggregates.ts';
import { insertReceipts } from '../db/notice-queries.ts';
import { publishAct } from '../domain/notice-policy.ts';
import { filingClock, requireAnnouncement } from '../domain/notice-rules.ts';
import type { PublishAnnouncementInput } from '../graphql/generated.ts';
import { announcementFact } from './draft-announcement.ts';
import { noticeValues, todayOf } from './notice-values.ts';

/** To every household of the scope, each with a receipt of its own; then paper, distribution and file are due (A227). */
export async function publishAnnouncement(tx: Tx, input: PublishAnnouncementInput): Promise<{ id: string }> {
  const { row: before } = await lockByMatrix(tx, announcementAggregate, publishAct, input);
  requireAnnouncement(before, 'publishAnnouncement');
  const { communityId } = before;
  const { today, zone } = await todayOf(tx, communityId);
  const households = await insertReceipts(tx, before, today);
  const after = {
    ...before,
    status: 'PUBLISHED' as const,
    publishedAt: txScope(tx).now,
    recipientCount: households.length,
  };
  const note = { action: 'publishAnnouncement', rule: 'A227' };
  const saved = await saveAggregate(tx, announcementAggregate, before, after, note);
  publish(tx, saved, announcementPublished, announcementFact(saved));
  await startDeadline(tx, announcementAggregate, saved, filingClock(await noticeValues(tx, communityId)), { zone });
  const { id: aggregateId, number, isUrgent } = saved;
  const channel = isUrgent ? ('SMS' as const) : ('IN_APP' as const);
  const request = { communityId, template: 'announcement', params: { number }, aggregateId, channel };
  for (const householdId of households) await notify(tx, { ...request, to: { householdId } });
  return { id: saved.id };
}
