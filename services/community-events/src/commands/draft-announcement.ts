import { newId, refuseAll, type Violation } from '@steward/core';
import type { Tx } from '@steward/db';
import { announcementDrafted } from '@steward/events';
import { authorize, insertAggregate, managedCommunity, nextNumber, publish } from '@steward/service-kit';

import { announcementAggregate } from '../db/notice-aggregates.ts';
import { knownTargets } from '../db/notice-queries.ts';
import { noticePrefixes } from '../domain/notice-policy.ts';
import { wordViolations } from '../domain/notice-rules.ts';
import type { Announcement, AnnouncementScope } from '../domain/notice.ts';
import type { DraftAnnouncementInput } from '../graphql/generated.ts';

export const announcementFact = ({ id, number, scope, targetIds, isUrgent, recipientCount }: Announcement) => ({
  announcementId: id,
  number,
  scope,
  targetIds,
  isUrgent,
  recipientCount,
});

/** The whole community has no targets; every other scope names at least one that is there. */
export async function targetViolations(
  tx: Tx,
  communityId: string,
  scope: AnnouncementScope,
  ids: readonly string[],
): Promise<Violation[]> {
  const path = 'input.targetIds';
  const rule = 'A227';
  if (scope === 'COMMUNITY') return ids.length === 0 ? [] : [{ path, reason: 'TARGET_NOT_ALLOWED', rule }];
  if (ids.length === 0) return [{ path, reason: 'TARGET_REQUIRED', rule }];
  const known = await knownTargets(tx, communityId, scope, ids);
  return ids.flatMap((id, index) =>
    known.has(id) ? [] : [{ path: `${path}.${index}`, reason: 'TARGET_UNKNOWN', rule }],
  );
}

export async function draftAnnouncement(tx: Tx, input: DraftAnnouncementInput): Promise<{ id: string }> {
  await authorize(tx, { communityId: input.communityId });
  const { id: communityId, timeZone } = await managedCommunity(tx, input.communityId);
  const { scope } = input;
  const targetIds = [...new Set(input.targetIds ?? [])];
  refuseAll([...wordViolations(input), ...(await targetViolations(tx, communityId, scope, targetIds))]);
  const number = await nextNumber(tx, communityId, noticePrefixes.announcement, timeZone);
  const fresh = {
    id: newId(),
    communityId,
    number,
    status: 'DRAFT' as const,
    scope,
    targetIds,
    title: input.title.trim(),
    body: input.body.trim(),
    isUrgent: input.isUrgent ?? false,
    publishedAt: null,
    recipientCount: 0,
    printFileId: null,
    printedCopies: 0,
    distributedCopies: 0,
    archivedAt: null,
    withdrawnAt: null,
  };
  const note = { action: 'draftAnnouncement', rule: 'A227' };
  const saved = await insertAggregate(tx, announcementAggregate, fresh, note);
  publish(tx, saved, announcementDrafted, announcementFact(saved));
  return { id: saved.id };
}
