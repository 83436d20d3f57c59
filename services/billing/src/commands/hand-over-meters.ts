import type { Tx } from '@steward/db';
import { meterHandedOver } from '@steward/events';
import { saveAndTell } from '@steward/service-kit';

import { meterAggregate } from '../db/charging-aggregates.ts';
import { lockChargedMeters, occupantOf } from '../db/meter-queries.ts';
import { todayIn } from '../db/reference-queries.ts';
import { meterFact, settleBalance } from './credit-prepaid.ts';

/** What is on prepaid meters of units that somebody has left is theirs again, so that it can be paid with or given back. */
export async function handOverMeters(tx: Tx, communityId: string, unitIds: readonly string[]): Promise<void> {
  for (const meter of await lockChargedMeters(tx, unitIds)) {
    const occupant = await occupantOf(tx, meter.unitId ?? '', await todayIn(tx, communityId));
    if (occupant?.billingAccountId === meter.billingAccountId) continue;
    const settled = { ...(await settleBalance(tx, meter)), billingAccountId: null };
    const step = { before: meter, after: settled, note: { action: 'handOverMeter', rule: 'A209' } };
    const { balance: amount } = meter;
    await saveAndTell(tx, meterAggregate, step, [meterHandedOver, (saved) => ({ ...meterFact(saved), amount })]);
  }
}
