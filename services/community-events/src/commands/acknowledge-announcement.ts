import { DomainError } from '@steward/core';
import type { Tx } from '@steward/db';
import { authorize, invocationOf, ownHouseholds } from '@steward/service-kit';

import { announcementEntity } from '../db/notice-entities.ts';
import { markRead, receivedBy } from '../db/notice-queries.ts';
import type { AcknowledgeAnnouncementInput } from '../graphql/generated.ts';

/** A household's receipt that it has read: no change of the announcement itself, so that a thousand can read at once. */
export async function acknowledgeAnnouncement(tx: Tx, input: AcknowledgeAnnouncementInput): Promise<{ id: string }> {
  const announcement = await tx.findOneBy(announcementEntity, { id: input.announcementId });
  const { viewer } = invocationOf(tx);
  const households = await ownHouseholds(tx, viewer);
  const isFor = announcement !== null && (await receivedBy(tx, announcement.id, households));
  if (announcement === null || !isFor) throw new DomainError('NOT_FOUND', 'NOT_FOUND');
  const personIds = viewer.personId === undefined ? [] : [viewer.personId];
  await authorize(tx, { communityId: announcement.communityId, personIds });
  await markRead(tx, announcement.id, households);
  return { id: announcement.id };
}
