import type { Tx } from '@steward/db';
import { staffPostEnded } from '@steward/events';
import { authorize, lockAggregate, publish, saveAggregate } from '@steward/service-kit';

import { staffAggregate } from '../db/aggregates.ts';
import { loadDirectory } from '../db/directory-queries.ts';
import { findPosts, setPostEnd } from '../db/staff-queries.ts';
import { loadStaffSubject } from '../db/staff-subject-queries.ts';
import { departmentCodeOf, endPost } from '../domain/post-rules.ts';
import { postFact } from '../domain/staff-facts.ts';
import type { EndStaffPostInput } from '../graphql/generated.ts';
import { dropPostWork } from './drop-post-work.ts';
import { requireHandedOver, requireMayDismiss } from './judge-post.ts';

export async function endStaffPost(tx: Tx, input: EndStaffPostInput): Promise<{ id: string }> {
  const staff = await lockAggregate(tx, staffAggregate, input.id, input.expectedVersion);
  await authorize(tx, await loadStaffSubject(tx, staff));
  const post = endPost(staff, await findPosts(tx, staff.id), input.postId, input.validTo);
  await requireMayDismiss(tx, post);
  await requireHandedOver(tx, post);
  await setPostEnd(tx, post);
  const directory = await loadDirectory(tx, []);
  const saved = await saveAggregate(tx, staffAggregate, staff, staff, { action: 'endStaffPost' });
  publish(tx, saved, staffPostEnded, postFact(post, departmentCodeOf(directory, post.departmentId)));
  await dropPostWork(tx, [post]);
  return { id: staff.id };
}
