import type { Tx } from '@steward/db';
import type { staffTradesChanged, StewardEvent } from '@steward/events';

import { staffReferenceEntity } from '../db/reference-entities.ts';

type TradesData = ReturnType<(typeof staffTradesChanged)['data']['parse']>;

/** Reaction: keeps which trades a member of staff is fit for. */
export async function keepStaffTrades(tx: Tx, event: StewardEvent<TradesData>): Promise<void> {
  const { staffId, tradeCodes } = event.data;
  await tx.update(staffReferenceEntity, { id: staffId }, { tradeCodes });
}
