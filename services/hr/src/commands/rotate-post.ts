import { DomainError, refuseAll } from '@steward/core';
import type { Tx } from '@steward/db';
import { postRotationEvents, staffPostAssigned, staffPostEnded } from '@steward/events';
import {
  invocationOf,
  lockAggregate,
  lockAuthorized,
  meetDeadline,
  openItems,
  publish,
  resolvePolicy,
  saveAggregate,
  saveAndTell,
} from '@steward/service-kit';

import { staffAggregate } from '../db/aggregates.ts';
import { loadDirectory } from '../db/directory-queries.ts';
import { postRotationAggregate } from '../db/position-aggregates.ts';
import { positionByCode } from '../db/position-queries.ts';
import { findPosts, insertPost, setPostEnd } from '../db/staff-queries.ts';
import { moveBy } from '../domain/duty-transition-rules.ts';
import { requireSomebodyElse } from '../domain/leave-rules.ts';
import { rotationFact } from '../domain/position-facts.ts';
import { positionPolicy } from '../domain/position-policy.ts';
import { requireGiven } from '../domain/position-rules.ts';
import { requireRotation } from '../domain/position-work-rules.ts';
import type { PostRotation } from '../domain/position-work.ts';
import { departmentCodeOf, endPost, givePost, type Directory } from '../domain/post-rules.ts';
import { postFact } from '../domain/staff-facts.ts';
import type { Staff, StaffPost } from '../domain/staff.ts';
import type { CompletePostRotationInput, ConfirmProcessMasteryInput } from '../graphql/generated.ts';
import { keepResults } from './complete-position-duties.ts';
import { dropPostWork } from './drop-post-work.ts';
import { masteryChecklist } from './follow-position-day.ts';
import { requireFitForPost, requireHandedOver } from './judge-post.ts';

/** Which processes somebody masters is said by somebody else (A202). */
export async function confirmProcessMastery(tx: Tx, input: ConfirmProcessMasteryInput): Promise<{ id: string }> {
  const turn = await lockAuthorized(tx, postRotationAggregate, input);
  requireSomebodyElse(turn.staffId, invocationOf(tx).viewer.staffId ?? null, 'A202');
  const after = moveBy(turn, 'confirmProcessMastery', 'OPEN');
  await keepResults(tx, turn.id, masteryChecklist, input.results);
  const note = { action: 'confirmProcessMastery', rule: 'A202' };
  const told = [postRotationEvents.confirmed, rotationFact] as const;
  return { id: (await saveAndTell(tx, postRotationAggregate, { before: turn, after, note }, told)).id };
}

/** On to the next position of the group: the present post ends and the other begins on the same day (A202). */
export async function completePostRotation(tx: Tx, input: CompletePostRotationInput): Promise<{ id: string }> {
  const { toPositionCode, movesOn } = input;
  const turn = await lockAuthorized(tx, postRotationAggregate, input);
  const moved = moveBy(turn, 'completePostRotation', 'ROTATED');
  await requireNext(tx, turn, input);
  const staff = await lockAggregate(tx, staffAggregate, turn.staffId);
  const { communityId, staffId } = turn;
  await requireFitForPost(
    tx,
    { staffId, communityId, positionCode: toPositionCode, validFrom: movesOn },
    'input.toPositionCode',
  );
  const after = { ...moved, nextPositionCode: toPositionCode };
  const note = { action: 'completePostRotation', rule: 'A202' };
  const told = [postRotationEvents.rotated, rotationFact] as const;
  const saved = await saveAndTell(tx, postRotationAggregate, { before: turn, after, note }, told);
  await meetDeadline(tx, saved, 'POST_ROTATION');
  const directory = await loadDirectory(tx, [communityId]);
  await movePost(tx, { staff, turn, directory }, { toPositionCode, movesOn });
  return { id: turn.id };
}

type Move = Pick<CompletePostRotationInput, 'toPositionCode' | 'movesOn'>;

async function requireNext(tx: Tx, turn: PostRotation, { toPositionCode, movesOn }: Move): Promise<void> {
  const to = requireGiven(await positionByCode(tx, toPositionCode), 'input.toPositionCode');
  const group = (await positionByCode(tx, turn.positionCode))?.rotationGroup ?? null;
  const { rotationWindowDays: windowDays } = await resolvePolicy(tx, positionPolicy, turn.communityId);
  requireRotation(turn, { to, group, movesOn, windowDays });
  const open = await openItems(tx, turn.id, masteryChecklist);
  refuseAll(open.map(({ code, rule }) => ({ path: 'input.id', reason: 'MASTERY_MISSING', rule, params: { code } })));
}

type Mover = { staff: Staff; turn: PostRotation; directory: Directory };

async function movePost(tx: Tx, { staff, turn, directory }: Mover, move: Move): Promise<void> {
  const posts = await findPosts(tx, staff.id);
  const present = posts.find(({ id }) => id === turn.postId);
  if (present === undefined) throw new DomainError('NOT_FOUND', 'POST_UNKNOWN', { path: 'input.id' });
  await requireHandedOver(tx, present);
  const ended = endPost(staff, posts, present.id, move.movesOn);
  const next = nextPost(
    staff,
    posts.map((post) => (post.id === ended.id ? ended : post)),
    { ended, directory, move },
  );
  await setPostEnd(tx, ended);
  const begun = await insertPost(tx, staff.id, next);
  const saved = await saveAggregate(tx, staffAggregate, staff, staff, { action: 'completePostRotation', rule: 'A202' });
  publish(tx, saved, staffPostEnded, postFact(ended, departmentCodeOf(directory, ended.departmentId)));
  publish(tx, saved, staffPostAssigned, postFact(begun, departmentCodeOf(directory, begun.departmentId)));
  await dropPostWork(tx, [ended]);
}

type Next = { ended: StaffPost; directory: Directory; move: Move };

/** The same place and role with the other position. */
function nextPost(staff: Staff, posts: readonly StaffPost[], { ended, directory, move }: Next) {
  const { communityId, role, departmentId, teamId } = ended;
  const teamCode = directory.teams.find(({ id }) => id === teamId)?.number ?? null;
  const place = { communityId, departmentCode: departmentCodeOf(directory, departmentId), teamCode, role };
  const terms = { positionCode: move.toPositionCode, validFrom: move.movesOn };
  return givePost(staff, posts, { ...place, ...terms }, directory);
}
