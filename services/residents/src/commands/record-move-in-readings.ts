import { refuseAll } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { moveInReadingsConfirmed } from '@steward/events';
import { publish, saveAggregate } from '@steward/service-kit';

import { moveInAggregate } from '../db/move-in-aggregates.ts';
import { moveInPlace } from '../domain/move-in-facts.ts';
import { read } from '../domain/move-in-rules.ts';
import type { RecordMoveInReadingsInput } from '../graphql/generated.ts';
import { lockMoveIn } from './lock-move-in.ts';
import { confirmForProperty, signingViolations, signProcedure } from './sign-procedure.ts';

export async function recordMoveInReadings(tx: Tx, input: RecordMoveInReadingsInput): Promise<{ id: string }> {
  const moveIn = await lockMoveIn(tx, input, 'recordMoveInReadings');
  const { now } = txScope(tx);
  const after = read(moveIn, input.readings, now);
  refuseAll(await signingViolations(tx, moveIn.householdId, input, 'A057'));
  const note = { action: 'recordMoveInReadings', rule: 'A057' };
  const saved = await saveAggregate(tx, moveInAggregate, moveIn, after, note);
  const { waterReading, electricityReading, gasReading } = after;
  const readings = {
    waterM3: waterReading ?? '0',
    electricityKwh: electricityReading ?? '0',
    gasM3: gasReading ?? '0',
    readAt: now.toISOString(),
  };
  const statement = { ...moveInPlace(moveIn), number: moveIn.number, ...readings };
  await signProcedure(tx, moveInAggregate, saved, input, { role: 'READINGS', statement });
  await confirmForProperty(tx, moveInAggregate, saved, statement);
  publish(tx, saved, moveInReadingsConfirmed, { ...moveInPlace(saved), ...readings });
  return { id: saved.id };
}
