import type { ComplaintRepair, ComplaintRepairState } from './complaint.ts';

const isOver = (state: ComplaintRepairState): boolean => state === 'DONE' || state === 'CANCELLED';

/** A repair in the state that its work order is in. */
export const followRepair = (repair: ComplaintRepair, state: ComplaintRepairState, at: Date): ComplaintRepair => ({
  ...repair,
  state,
  closedAt: isOver(state) ? at : null,
});

/** How many repairs of the complaint are still open once one has changed. */
export function openRepairsAfter(count: number, before: ComplaintRepair, after: ComplaintRepair): number {
  if (isOver(before.state) === isOver(after.state)) return count;
  return isOver(after.state) ? count - 1 : count + 1;
}
