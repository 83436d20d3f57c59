import type { Tx } from '@steward/db';
import { bulletinBoardPosterFlagged } from '@steward/events';
import { notify, publish, saveAggregate, startDeadline, zoneOf } from '@steward/service-kit';

import { bulletinBoardAggregate } from '../db/notice-aggregates.ts';
import { savePoster } from '../db/notice-queries.ts';
import { posterClock } from '../domain/notice-rules.ts';
import type { BulletinBoard, Poster } from '../domain/notice.ts';
import { noticeValues } from './notice-values.ts';

/** A poster that has to come down: told at once, and watched until it has (A307). */
export async function flag(
  tx: Tx,
  board: BulletinBoard,
  poster: Poster,
  state: 'EXPIRED' | 'DAMAGED',
  action: string,
): Promise<BulletinBoard> {
  await savePoster(tx, poster, state);
  const after = { ...board, flaggedCount: board.flaggedCount + 1 };
  const saved = await saveAggregate(tx, bulletinBoardAggregate, board, after, { action, reason: state, rule: 'A307' });
  publish(tx, saved, bulletinBoardPosterFlagged, { boardId: saved.id, posterId: poster.id, state });
  const { communityId, number, id: aggregateId } = saved;
  if (saved.flaggedCount === 1) {
    const clock = posterClock(await noticeValues(tx, communityId));
    await startDeadline(tx, bulletinBoardAggregate, saved, clock, { zone: await zoneOf(tx, communityId) });
  }
  await notify(tx, {
    communityId,
    to: { role: 'clerk' },
    template: 'bulletinBoardPosterFlagged',
    params: { number },
    aggregateId,
  });
  return saved;
}
