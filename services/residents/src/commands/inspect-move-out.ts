import { refuseAll } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { moveOutInspected } from '@steward/events';
import { checkItems, publish, saveAggregate } from '@steward/service-kit';

import { moveOutAggregate } from '../db/move-out-entities.ts';
import { failed } from '../domain/move-in-rules.ts';
import { returnUnit } from '../domain/move-out-rules.ts';
import type { InspectMoveOutInput } from '../graphql/generated.ts';
import { lockMoveOut, moveOutPlace } from './lock-move-out.ts';
import { returnForm } from './open-move-out.ts';
import { confirmForProperty, signingViolations, signProcedure } from './sign-procedure.ts';

/** The unit is gone through for its return; both sides confirm state, readings and keys (B010). */
export async function inspectMoveOut(tx: Tx, input: InspectMoveOutInput): Promise<{ id: string }> {
  const moveOut = await lockMoveOut(tx, input, 'inspectMoveOut');
  const returned = returnUnit(moveOut, input, txScope(tx).now);
  refuseAll(await signingViolations(tx, moveOut.householdId, input, 'B010'));
  const note = { action: 'inspectMoveOut', rule: 'B010' };
  const saved = await saveAggregate(tx, moveOutAggregate, moveOut, returned, note);
  await checkItems(tx, saved.id, returnForm, input.items);
  const { waterReading, electricityReading, gasReading } = returned;
  const fact = {
    ...moveOutPlace(saved),
    failedItemCodes: failed(input.items).map(({ code }) => code),
    keyCount: input.keyCount,
    waterM3: waterReading ?? '0',
    electricityKwh: electricityReading ?? '0',
    gasM3: gasReading ?? '0',
  };
  await signProcedure(tx, moveOutAggregate, saved, input, { role: 'RETURN', statement: fact });
  await confirmForProperty(tx, moveOutAggregate, saved, fact);
  publish(tx, saved, moveOutInspected, fact);
  return { id: saved.id };
}
