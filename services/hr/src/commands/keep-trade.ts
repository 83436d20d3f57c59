import type { Tx } from '@steward/db';
import type { StewardEvent, workOrderCodeSet } from '@steward/events';

import { tradeReferenceEntity } from '../db/entities.ts';

type CodeData = ReturnType<(typeof workOrderCodeSet)['data']['parse']>;

/** Reaction: keeps the trades that a community added, so that staff can be fit for them. */
export async function keepTrade(tx: Tx, event: StewardEvent<CodeData>): Promise<void> {
  const { kind, code, isRetired } = event.data;
  if (kind !== 'TRADE' || event.communityid === undefined) return;
  const trade = { id: event.subject, tenantId: event.tenantid, communityId: event.communityid, code, isRetired };
  await tx.upsert(tradeReferenceEntity, trade, { conflictPaths: ['id'] });
}
