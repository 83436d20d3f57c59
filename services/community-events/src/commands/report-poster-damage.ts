import { DomainError } from '@steward/core';
import type { Tx } from '@steward/db';
import { lockAuthorized } from '@steward/service-kit';

import { bulletinBoardAggregate } from '../db/notice-aggregates.ts';
import { findPoster } from '../db/notice-queries.ts';
import type { ReportPosterDamageInput } from '../graphql/generated.ts';
import { flag } from './flag-poster.ts';

export async function reportPosterDamage(tx: Tx, input: ReportPosterDamageInput): Promise<{ id: string }> {
  const board = await lockAuthorized(tx, bulletinBoardAggregate, input);
  const poster = await findPoster(tx, board.id, input.posterId);
  if (poster === null)
    throw new DomainError('BAD_USER_INPUT', 'POSTER_UNKNOWN', { path: 'input.posterId', rule: 'A307' });
  if (poster.state !== 'HANGING') {
    const params = { action: 'reportPosterDamage', status: poster.state };
    throw new DomainError('CONFLICT', 'ILLEGAL_TRANSITION', { rule: 'A307', params });
  }
  const { id } = await flag(tx, board, poster, 'DAMAGED', 'reportPosterDamage');
  return { id };
}
