import { rows, type Tx } from '@steward/db';
import { lockAggregate, type DueTimer } from '@steward/service-kit';

import { bulletinBoardAggregate } from '../db/notice-aggregates.ts';
import { findPoster } from '../db/notice-queries.ts';
import { flag } from './flag-poster.ts';
import { todayOf } from './notice-values.ts';

export const expiryTimer = 'poster-expiry';

/** Timer: posters whose last day is over and that still hang are flagged (A307). */
export async function flagExpiredPosters(tx: Tx, { aggregateId }: DueTimer): Promise<void> {
  let board = await lockAggregate(tx, bulletinBoardAggregate, aggregateId ?? '');
  const { today } = await todayOf(tx, board.communityId);
  const expired = await rows<{ id: string }>(
    tx,
    `select id from poster where board_id = $1 and state = 'HANGING' and expires_on < $2::date order by id`,
    [board.id, today],
  );
  for (const { id } of expired) {
    const poster = await findPoster(tx, board.id, id);
    if (poster !== null) board = await flag(tx, board, poster, 'EXPIRED', 'flagExpiredPosters');
  }
}
