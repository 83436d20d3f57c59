import type { WorkOrder, WorkOrderDispatchSlipPrint } from './work-order.ts';

/** What tells one print of a slip from another. */
export type SlipPrint = Pick<WorkOrderDispatchSlipPrint, 'number' | 'dispatchCount' | 'copy'>;

/** The next print of an order's slip: each dispatch has a slip of its own, and each slip one original (A205). */
export const nextSlipPrint = (
  { number, dispatchCount }: Pick<WorkOrder, 'number' | 'dispatchCount'>,
  printedBefore: number,
): SlipPrint => ({ number: `${number}/${dispatchCount}`, dispatchCount, copy: printedBefore });

export const isReprint = ({ copy }: Pick<SlipPrint, 'copy'>): boolean => copy > 0;
