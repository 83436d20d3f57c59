import { newId, refuseAll } from '@steward/core';
import type { Tx } from '@steward/db';
import { bulletinBoardRegistered } from '@steward/events';
import { authorize, insertAggregate, managedCommunity, nextNumber, publish, startDeadline } from '@steward/service-kit';

import { bulletinBoardAggregate } from '../db/notice-aggregates.ts';
import { noticePrefixes } from '../domain/notice-policy.ts';
import { boardClock } from '../domain/notice-rules.ts';
import type { RegisterBulletinBoardInput } from '../graphql/generated.ts';
import { noticeValues } from './notice-values.ts';
import { placeViolations } from './register-venue.ts';

/** A board; its first change is due two weeks from now (A104). */
export async function registerBulletinBoard(tx: Tx, input: RegisterBulletinBoardInput): Promise<{ id: string }> {
  await authorize(tx, { communityId: input.communityId });
  const { id: communityId, timeZone: zone } = await managedCommunity(tx, input.communityId);
  const { placeId = null } = input;
  const name = input.name.trim();
  refuseAll([
    ...(name === '' ? [{ path: 'input.name', reason: 'TEXT_REQUIRED', rule: 'A104' }] : []),
    ...(await placeViolations(tx, placeId, communityId)),
  ]);
  const number = await nextNumber(tx, communityId, noticePrefixes.board, zone);
  const fresh = { id: newId(), communityId, number, name, placeId, changedAt: null, flaggedCount: 0 };
  const note = { action: 'registerBulletinBoard', rule: 'A104' };
  const saved = await insertAggregate(tx, bulletinBoardAggregate, fresh, note);
  publish(tx, saved, bulletinBoardRegistered, { boardId: saved.id, placeId });
  await startDeadline(tx, bulletinBoardAggregate, saved, boardClock(await noticeValues(tx, communityId)), { zone });
  return { id: saved.id };
}
