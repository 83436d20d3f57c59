import { DomainError } from '@steward/core';
import type { Tx } from '@steward/db';
import { authorize, managedCommunity, refusalOf, type RefusalValue } from '@steward/service-kit';

import { knownReadings, lockMetersByPlate, plateKey } from '../db/meter-queries.ts';
import { chargesLimits } from '../domain/charges-policy.ts';
import { isSameReading } from '../domain/meter-rules.ts';
import type { Meter } from '../domain/meter.ts';
import type { ImportMeterReadingRow, ImportMeterReadingsInput } from '../graphql/generated.ts';
import { enterReading, judgeReading } from './take-reading.ts';

/** What became of a row. */
export type ReadingImported = {
  index: number;
  isNew: boolean;
  meterId: string | null;
  refusal: RefusalValue | null;
};

export async function importMeterReadings(
  tx: Tx,
  { communityId, rows }: ImportMeterReadingsInput,
): Promise<{ results: ReadingImported[] }> {
  await authorize(tx, { communityId });
  refuseTooMany(rows.length);
  await managedCommunity(tx, communityId);
  const meters = await lockMetersByPlate(tx, communityId, rows.map(plateOf));
  const taken = rows.flatMap((row) => {
    const meter = meters.get(plateKey(plateOf(row)));
    return meter === undefined ? [] : [{ meterId: meter.id, takenOn: row.takenOn }];
  });
  const known = await knownReadings(tx, taken);
  const results: ReadingImported[] = [];
  for (const [index, row] of rows.entries()) {
    const meter = meters.get(plateKey(plateOf(row)));
    const meterId = meter?.id ?? null;
    const key = `${meterId}/${row.takenOn}`;
    const before = known.get(key);
    if (before !== undefined) {
      results.push({
        index,
        isNew: false,
        meterId,
        refusal: isSameReading(before, row.value) ? null : differs(before),
      });
      continue;
    }
    const refusal = await enter(tx, row, meter, meters);
    if (refusal === null) known.set(key, row.value);
    results.push({ index, isNew: refusal === null, meterId, refusal });
  }
  return { results };
}

const plateOf = ({ kind, meterNumber }: ImportMeterReadingRow) => ({ kind, number: meterNumber });

export function refuseTooMany(count: number): void {
  const most = chargesLimits.importRows.value;
  if (count <= most) return;
  throw new DomainError('BAD_USER_INPUT', 'TOO_MANY_ROWS', { path: 'input.rows', params: { most } });
}

/** Another reading of the same day is a mistake in one of the two, that nobody may overlook. */
const differs = (value: string): RefusalValue | null =>
  refusalOf(() => {
    throw new DomainError('CONFLICT', 'READING_DIFFERS', { path: 'value', rule: 'A249', params: { value } });
  });

/** A row is judged before anything of it is written, so that a refused one leaves nothing and the others go on. */
async function enter(
  tx: Tx,
  row: ImportMeterReadingRow,
  meter: Meter | undefined,
  meters: Map<string, Meter>,
): Promise<RefusalValue | null> {
  const { value, takenOn, isRollover = false, isConfirmed = false } = row;
  try {
    if (meter === undefined) throw new DomainError('BAD_USER_INPUT', 'METER_UNKNOWN', { path: 'input.meterNumber' });
    const judged = await judgeReading(tx, meter, { value, takenOn, isRollover, isConfirmed });
    const saved = await enterReading(tx, judged, 'IMPORT');
    meters.set(plateKey(saved), saved);
    return null;
  } catch (error) {
    // Anything but a rule's refusal is thrown on by it.
    return refusalOf(() => {
      throw error;
    });
  }
}
