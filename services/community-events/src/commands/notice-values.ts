import { localDate } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { resolvePolicy, zoneOf } from '@steward/service-kit';

import { noticePolicy, type NoticeValues } from '../domain/notice-policy.ts';

/** The figures of notices as they hold in a community. */
export const noticeValues = (tx: Tx, communityId: string): Promise<NoticeValues> =>
  resolvePolicy(tx, noticePolicy, communityId);

/** Today by the calendar of a community, with its zone. */
export async function todayOf(tx: Tx, communityId: string): Promise<{ today: string; zone: string }> {
  const zone = await zoneOf(tx, communityId);
  return { today: localDate(txScope(tx).now, zone), zone };
}
