import { addDays, localDate } from '@steward/core';
import type { Tx } from '@steward/db';
import type { moveInReadingsConfirmed, StewardEvent } from '@steward/events';
import { resolvePolicy } from '@steward/service-kit';

import { lockMetersOfUnit, occupantOf } from '../db/meter-queries.ts';
import { communityOfBooks } from '../db/reference-queries.ts';
import { metersPolicy } from '../domain/charges-policy.ts';
import { readingViolations, type TakenReading } from '../domain/meter-rules.ts';
import type { Meter } from '../domain/meter.ts';
import { enterReading, judgeReading, type JudgedReading } from './take-reading.ts';

type Confirmed = ReturnType<(typeof moveInReadingsConfirmed)['data']['parse']>;

/** On a prepaid meter whoever held the unit until then pays at once; what nobody's household used, nobody pays. */
async function judged(tx: Tx, meter: Meter, taken: TakenReading): Promise<JudgedReading> {
  const isNobodys = meter.isPrepaid && (await occupantOf(tx, meter.unitId ?? '', addDays(taken.takenOn, -1))) === null;
  return isNobodys ? { meter, taken, payment: null } : judgeReading(tx, meter, taken);
}

/**
 * Reaction: both sides confirmed what the meters show at a move-in, so what was used until then is the former holder's and
 * the new household pays from there (A057). A meter that has a later reading, or shows less than it did, keeps what it has.
 */
export async function keepBaseReadings(tx: Tx, event: StewardEvent<Confirmed>): Promise<void> {
  const { unitId, waterM3, electricityKwh, gasM3, readAt } = event.data;
  const values: Record<string, string> = { WATER: waterM3, ELECTRICITY: electricityKwh, GAS: gasM3 };
  for (const meter of await lockMetersOfUnit(tx, unitId)) {
    const value = values[meter.kind];
    if (value === undefined) continue;
    const { timeZone } = await communityOfBooks(tx, meter.communityId);
    const takenOn = localDate(new Date(readAt), timeZone);
    const taken = { value, takenOn, isRollover: false, isConfirmed: true };
    const figures = await resolvePolicy(tx, metersPolicy, meter.communityId);
    if (readingViolations(meter, taken, figures, takenOn).length > 0) continue;
    await enterReading(tx, await judged(tx, meter, taken), 'PROCEDURE');
  }
}
