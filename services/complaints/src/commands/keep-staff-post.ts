import type { Tx } from '@steward/db';
import type { staffPostAssigned, StewardEvent } from '@steward/events';

import { staffPostReferenceEntity } from '../db/reference-entities.ts';

type PostData = ReturnType<(typeof staffPostAssigned)['data']['parse']>;

/** Reaction: keeps which post in which department a member of staff holds on which days. */
export async function keepStaffPost(tx: Tx, event: StewardEvent<PostData>): Promise<void> {
  const { postId, staffId, communityId, departmentCode, role, validFrom, validTo } = event.data;
  const post = { id: postId, tenantId: event.tenantid, staffId, communityId, departmentCode, role, validFrom, validTo };
  await tx.upsert(staffPostReferenceEntity, post, { conflictPaths: ['id'] });
}
