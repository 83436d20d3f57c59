import type { Tx } from '@steward/db';
import { staffPostAssigned } from '@steward/events';
import { authorize, lockAggregate, publish, saveAggregate } from '@steward/service-kit';

import { staffAggregate } from '../db/aggregates.ts';
import { loadDirectory } from '../db/directory-queries.ts';
import { findPosts, insertPost } from '../db/staff-queries.ts';
import { loadStaffSubject } from '../db/staff-subject-queries.ts';
import { givePost } from '../domain/post-rules.ts';
import { postFact } from '../domain/staff-facts.ts';
import type { AssignStaffPostInput } from '../graphql/generated.ts';
import { startPositionDays } from './follow-position-day.ts';
import { requireFitForPost, requirePlannedPost } from './judge-post.ts';

export async function assignStaffPost(tx: Tx, input: AssignStaffPostInput): Promise<{ id: string }> {
  const staff = await lockAggregate(tx, staffAggregate, input.id, input.expectedVersion);
  await authorize(tx, await loadStaffSubject(tx, staff));
  await authorize(tx, { communityId: input.communityId });
  const directory = await loadDirectory(tx, [input.communityId]);
  const terms = givePost(staff, await findPosts(tx, staff.id), input, directory);
  await requireFitForPost(tx, { staffId: staff.id, ...terms }, 'input.positionCode');
  await requirePlannedPost(tx, terms.communityId, terms.positionCode);
  const post = await insertPost(tx, staff.id, terms);
  const saved = await saveAggregate(tx, staffAggregate, staff, staff, { action: 'assignStaffPost' });
  publish(tx, saved, staffPostAssigned, postFact(post, input.departmentCode));
  await startPositionDays(tx, terms.communityId);
  return { id: staff.id };
}
