import type { Takeover, TakeoverDefect } from './takeover.ts';

/** What events say about takeovers. */
export const takeoverPlace = ({ id, placeId }: Takeover) => ({ takeoverId: id, placeId });

export const takeoverDefectFact = (takeover: Takeover, defect: TakeoverDefect) => ({
  ...takeoverPlace(takeover),
  takeoverNumber: takeover.number,
  defectId: defect.id,
  itemCode: defect.itemCode,
  tradeCode: defect.tradeCode,
  problemCode: defect.problemCode,
  foundAt: defect.foundAt.toISOString(),
  rule: 'A215',
});

export const takeoverDefectStateFact = ({ id, takeoverId, workOrderId, state }: TakeoverDefect) => ({
  takeoverId,
  defectId: id,
  workOrderId,
  state,
});
