import { DomainError } from '@steward/core';
import type { Tx } from '@steward/db';
import { bulletinBoardPosterRemoved } from '@steward/events';
import { lockAuthorized, meetDeadline, publish, saveAggregate } from '@steward/service-kit';

import { bulletinBoardAggregate } from '../db/notice-aggregates.ts';
import { findPoster, savePoster } from '../db/notice-queries.ts';
import type { RemovePosterInput } from '../graphql/generated.ts';

/** Takes one poster down; with the last flagged one the time limit is met (A307). */
export async function removePoster(tx: Tx, input: RemovePosterInput): Promise<{ id: string }> {
  const before = await lockAuthorized(tx, bulletinBoardAggregate, input);
  const poster = await findPoster(tx, before.id, input.posterId);
  const rule = 'A307';
  if (poster === null) throw new DomainError('BAD_USER_INPUT', 'POSTER_UNKNOWN', { path: 'input.posterId', rule });
  if (poster.state === 'REMOVED') {
    throw new DomainError('CONFLICT', 'ILLEGAL_TRANSITION', {
      rule,
      params: { action: 'removePoster', status: 'REMOVED' },
    });
  }
  await savePoster(tx, poster, 'REMOVED');
  const flaggedCount = before.flaggedCount - (poster.state === 'HANGING' ? 0 : 1);
  const note = { action: 'removePoster', rule };
  const saved = await saveAggregate(tx, bulletinBoardAggregate, before, { ...before, flaggedCount }, note);
  publish(tx, saved, bulletinBoardPosterRemoved, { boardId: saved.id, posterId: poster.id, flaggedCount });
  if (before.flaggedCount > 0 && flaggedCount === 0) await meetDeadline(tx, saved, 'POSTER_REMOVAL');
  return { id: saved.id };
}
