import { endOfLocalDay, refuseAll } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { bulletinBoardChanged } from '@steward/events';
import {
  cancelScheduled,
  lockAuthorized,
  meetDeadline,
  publish,
  saveAggregate,
  schedule,
  startDeadline,
} from '@steward/service-kit';

import { bulletinBoardAggregate } from '../db/notice-aggregates.ts';
import { knownAnnouncements, replacePosters } from '../db/notice-queries.ts';
import { boardClock, posterViolations } from '../domain/notice-rules.ts';
import type { ChangeBulletinBoardInput } from '../graphql/generated.ts';
import { expiryTimer } from './flag-expired-posters.ts';
import { noticeValues, todayOf } from './notice-values.ts';

/** Replaces everything on a board; the next change is due two weeks later (A104), each poster's end is watched (A307). */
export async function changeBulletinBoard(tx: Tx, input: ChangeBulletinBoardInput): Promise<{ id: string }> {
  const before = await lockAuthorized(tx, bulletinBoardAggregate, input);
  const { communityId } = before;
  const { today, zone } = await todayOf(tx, communityId);
  const named = input.posters.flatMap(({ announcementId }) => announcementId ?? []);
  const known = await knownAnnouncements(tx, communityId, named);
  refuseAll([
    ...posterViolations(input.posters, today),
    ...named
      .filter((id) => !known.has(id))
      .map(() => ({ path: 'input.posters', reason: 'ANNOUNCEMENT_UNKNOWN', rule: 'A104' })),
  ]);
  const posters = await replacePosters(tx, before.id, input.posters);
  const after = { ...before, changedAt: txScope(tx).now, flaggedCount: 0 };
  const note = { action: 'changeBulletinBoard', rule: 'A104' };
  const saved = await saveAggregate(tx, bulletinBoardAggregate, before, after, note);
  const told = posters.map(({ id: posterId, announcementId, expiresOn }) => ({ posterId, announcementId, expiresOn }));
  publish(tx, saved, bulletinBoardChanged, { boardId: saved.id, posters: told });
  await meetDeadline(tx, saved, 'BOARD_CHANGE');
  await meetDeadline(tx, saved, 'POSTER_REMOVAL');
  await startDeadline(tx, bulletinBoardAggregate, saved, boardClock(await noticeValues(tx, communityId)), { zone });
  await cancelScheduled(tx, saved.id, expiryTimer);
  for (const day of new Set(posters.map(({ expiresOn }) => expiresOn))) {
    const dueAt = endOfLocalDay(day, zone);
    await schedule(tx, { kind: expiryTimer, aggregateId: saved.id, communityId, dueAt });
  }
  return { id: saved.id };
}
