import type { Tx } from '@steward/db';
import type { custodyEnded, custodyStarted, StewardEvent } from '@steward/events';

import { lockLines } from '../db/charge-run-queries.ts';
import { chargesOfOtherShare, keepCustodyDays } from '../db/custody-queries.ts';
import { markStale } from '../db/holder-change-queries.ts';
import { custodyChargeTypes } from '../domain/charge-type-policy.ts';
import { custodyChanged } from '../domain/holder-change-rules.ts';
import { chargeDaysAgain } from './follow-holders.ts';

type Started = ReturnType<(typeof custodyStarted)['data']['parse']>;
type Ended = ReturnType<(typeof custodyEnded)['data']['parse']>;

/**
 * Reaction: keeps on which days a flat in custody pays a share of its management fee (A061). Custody begins and ends in the
 * middle of a cycle that is charged already, so the days that it changes are charged again, at what holds for them now.
 */
export async function keepCustody(tx: Tx, event: StewardEvent<Started | Ended>): Promise<void> {
  const { custodyId: id, unitId, startsOn, managementFeeShare: share } = event.data;
  const endsOn = 'endsOn' in event.data ? event.data.endsOn : null;
  const communityId = event.communityid ?? '';
  await lockLines(tx, communityId);
  await keepCustodyDays(tx, { id, tenantId: event.tenantid, communityId, unitId, share, startsOn, endsOn });
  await markStale(tx, communityId, [unitId]);
  const moved = await chargesOfOtherShare(tx, { communityId, unitId }, custodyChargeTypes);
  await chargeDaysAgain(tx, communityId, moved, { reasonCode: custodyChanged });
}
