import { refuseAll } from '@steward/core';
import type { Tx } from '@steward/db';
import { announcementUpdated } from '@steward/events';
import { lockAuthorized, publish, saveAggregate } from '@steward/service-kit';

import { announcementAggregate } from '../db/notice-aggregates.ts';
import { requireAnnouncement, wordViolations } from '../domain/notice-rules.ts';
import type { UpdateAnnouncementInput } from '../graphql/generated.ts';
import { announcementFact, targetViolations } from './draft-announcement.ts';

export async function updateAnnouncement(tx: Tx, input: UpdateAnnouncementInput): Promise<{ id: string }> {
  const before = await lockAuthorized(tx, announcementAggregate, input);
  requireAnnouncement(before, 'updateAnnouncement');
  const scope = input.scope ?? before.scope;
  const targetIds = input.targetIds == null ? before.targetIds : [...new Set(input.targetIds)];
  refuseAll([...wordViolations(input), ...(await targetViolations(tx, before.communityId, scope, targetIds))]);
  const after = {
    ...before,
    scope,
    targetIds,
    title: input.title?.trim() ?? before.title,
    body: input.body?.trim() ?? before.body,
    isUrgent: input.isUrgent ?? before.isUrgent,
    // What was printed is not what will be published.
    printFileId: null,
    printedCopies: 0,
  };
  const note = { action: 'updateAnnouncement', rule: 'A227' };
  const saved = await saveAggregate(tx, announcementAggregate, before, after, note);
  publish(tx, saved, announcementUpdated, announcementFact(saved));
  return { id: saved.id };
}
