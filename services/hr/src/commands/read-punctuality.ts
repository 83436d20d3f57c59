import { localDate } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { findCommunityReference } from '@steward/service-kit';

import { punctualityOf, type Punctuality } from '../db/duty-report-queries.ts';
import { monthsBefore } from '../domain/period-rules.ts';

/** Reading: how punctual the reports are that fall due in a month, up to today (B051); null for an unknown community. */
export async function readPunctuality(tx: Tx, communityId: string, month: string): Promise<Punctuality | null> {
  const community = await findCommunityReference(tx, communityId);
  if (community === null) return null;
  const from = `${month}-01`;
  const today = localDate(txScope(tx).now, community.timeZone);
  return punctualityOf(tx, communityId, { from, to: monthsBefore(from, -1), today });
}
