import type { WorkOrderContext } from '../db/loaders.ts';

/** Answers of bulk work: each row has its order, or why it was refused. */
const orderOf = (ctx: WorkOrderContext, id: string | null) => (id === null ? null : ctx.loaders.workOrder.load(id));

export const bulkAnswers = {
  WorkOrderImport: {
    workOrder: ({ id }: { id: string | null }, _args: unknown, ctx: WorkOrderContext) => orderOf(ctx, id),
  },
  WorkOrderAssignment: {
    workOrder: ({ workOrderId }: { workOrderId: string | null }, _args: unknown, ctx: WorkOrderContext) =>
      orderOf(ctx, workOrderId),
  },
};
