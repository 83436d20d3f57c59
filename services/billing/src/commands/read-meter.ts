import type { Tx } from '@steward/db';
import { lockAuthorized } from '@steward/service-kit';

import { meterAggregate } from '../db/charging-aggregates.ts';
import { todayIn } from '../db/reference-queries.ts';
import type { ReadMeterInput } from '../graphql/generated.ts';
import { enterReading, judgeReading } from './take-reading.ts';

export async function readMeter(tx: Tx, input: ReadMeterInput): Promise<{ id: string }> {
  const meter = await lockAuthorized(tx, meterAggregate, input);
  const takenOn = input.takenOn ?? (await todayIn(tx, meter.communityId));
  const { value, isRollover = false, isConfirmed = false } = input;
  const judged = await judgeReading(tx, meter, { value, takenOn, isRollover, isConfirmed });
  await enterReading(tx, judged, 'STAFF');
  return { id: meter.id };
}
