import type { Tx } from '@steward/db';
import type { staffPostAssigned, StewardEvent } from '@steward/events';
import { staffPostReferenceEntity } from '@steward/service-kit';

import { releaseFrom } from './release-orders-of-staff.ts';

type PostData = ReturnType<(typeof staffPostAssigned)['data']['parse']>;

/**
 * Reaction: keeps which post in which department a member of staff holds on which days. The orders of a community without
 * them are dispatched anew once the post has ended.
 */
export async function keepStaffPost(tx: Tx, event: StewardEvent<PostData>): Promise<void> {
  const { postId, staffId, communityId, departmentCode, role, validFrom, validTo } = event.data;
  const post = { id: postId, tenantId: event.tenantid, staffId, communityId, departmentCode, role, validFrom, validTo };
  await tx.upsert(staffPostReferenceEntity, post, { conflictPaths: ['id'] });
  if (validTo !== null) await releaseFrom(tx, staffId, validTo);
}
