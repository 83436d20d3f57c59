import { managementFee } from './move-in-policy.ts';
import type { MoveIn, MoveInDefect } from './move-in.ts';

/** What events say about move-ins: ids, codes and figures. */
export const moveInPlace = ({ id, unitId, householdId }: MoveIn) => ({ moveInId: id, unitId, householdId });

export const moveInOpenedFact = (moveIn: MoveIn) => ({
  ...moveInPlace(moveIn),
  number: moveIn.number,
  applicantKind: moveIn.applicantKind,
});

export const moveInFeeFact = (moveIn: MoveIn, startsOn: string) => ({
  ...moveInPlace(moveIn),
  chargeTypeCode: managementFee,
  startsOn,
  rule: 'A055',
});

export const moveInDefectFact = (moveIn: MoveIn, defect: MoveInDefect) => ({
  ...moveInPlace(moveIn),
  moveInNumber: moveIn.number,
  defectId: defect.id,
  itemCode: defect.itemCode,
  tradeCode: defect.tradeCode,
  problemCode: defect.problemCode,
  round: defect.round,
  foundAt: defect.foundAt.toISOString(),
  rule: 'A058',
});

export const moveInDefectStateFact = ({ id, moveInId, workOrderId, state }: MoveInDefect) => ({
  moveInId,
  defectId: id,
  workOrderId,
  state,
});

/** What the household signs at the end: the unit, the readings, the form and what was repaired. */
export const moveInStatement = (moveIn: MoveIn, defects: readonly MoveInDefect[]) => ({
  ...moveInPlace(moveIn),
  number: moveIn.number,
  keyCount: moveIn.keyCount,
  readings: [moveIn.waterReading, moveIn.electricityReading, moveIn.gasReading],
  repaired: defects.map(({ itemCode, round, state }) => ({ itemCode, round, state })),
});
