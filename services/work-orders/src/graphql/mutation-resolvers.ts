import { loaded } from '@steward/service-kit';
import type { Command } from '@steward/service-kit';

import { acceptWorkOrder } from '../commands/accept-work-order.ts';
import { agreeWorkOrderQuote } from '../commands/agree-work-order-quote.ts';
import { arriveOnSite } from '../commands/arrive-on-site.ts';
import { assignWorkOrder } from '../commands/assign-work-order.ts';
import { assignWorkOrders } from '../commands/assign-work-orders.ts';
import { cancelWorkOrder } from '../commands/cancel-work-order.ts';
import { changeWorkOrderPriority } from '../commands/change-work-order-priority.ts';
import { changeWorkOrderResponsibleParty } from '../commands/change-work-order-responsible-party.ts';
import { completeWorkOrder } from '../commands/complete-work-order.ts';
import { createWorkOrderUpload } from '../commands/create-work-order-upload.ts';
import { declineWorkOrderQuote } from '../commands/decline-work-order-quote.ts';
import { dispatchWorkOrder } from '../commands/dispatch-work-order.ts';
import { importWorkOrders } from '../commands/import-work-orders.ts';
import { locateWorkOrder } from '../commands/locate-work-order.ts';
import { makeWorkOrderAppointment } from '../commands/make-work-order-appointment.ts';
import { pauseWorkOrder } from '../commands/pause-work-order.ts';
import { printDispatchSlip } from '../commands/print-dispatch-slip.ts';
import { quoteWorkOrder } from '../commands/quote-work-order.ts';
import { reclassifyWorkOrder } from '../commands/reclassify-work-order.ts';
import { recordWorkOrderMaterials } from '../commands/record-work-order-materials.ts';
import { recordWorkOrderOpinion } from '../commands/record-work-order-opinion.ts';
import { recordWorkOrderReturnVisit } from '../commands/record-work-order-return-visit.ts';
import { recordWorkOrderWaterTest } from '../commands/record-work-order-water-test.ts';
import { refuseWorkOrderAcceptance } from '../commands/refuse-work-order-acceptance.ts';
import { registerWorkOrder } from '../commands/register-work-order.ts';
import { rescheduleWorkOrderAppointment } from '../commands/reschedule-work-order-appointment.ts';
import { resumeWorkOrder } from '../commands/resume-work-order.ts';
import { returnWorkOrder } from '../commands/return-work-order.ts';
import { revealWorkOrderContact } from '../commands/reveal-work-order-contact.ts';
import { takeWorkOrder } from '../commands/take-work-order.ts';
import { transferWorkOrder } from '../commands/transfer-work-order.ts';
import { updateWorkOrder } from '../commands/update-work-order.ts';
import { urgeWorkOrder } from '../commands/urge-work-order.ts';
import type { WorkOrderContext } from '../db/loaders.ts';
import { catalogMutations } from './catalog-resolvers.ts';
import type { MutationResolvers } from './generated.ts';
import { reviewMutations } from './review-resolvers.ts';

/** Runs a command on an order and answers the order as it then stands. */
async function changed<Input>(ctx: WorkOrderContext, command: Command<Input, { id: string }>, input: Input) {
  const { id } = await ctx.command(command, input);
  return { workOrder: await loaded(ctx.loaders.workOrder.load(id)) };
}

export const Mutation: MutationResolvers<WorkOrderContext> = {
  ...catalogMutations,
  ...reviewMutations,
  registerWorkOrder: (_parent, { input }, ctx) => changed(ctx, registerWorkOrder, input),
  updateWorkOrder: (_parent, { input }, ctx) => changed(ctx, updateWorkOrder, input),
  locateWorkOrder: (_parent, { input }, ctx) => changed(ctx, locateWorkOrder, input),
  reclassifyWorkOrder: (_parent, { input }, ctx) => changed(ctx, reclassifyWorkOrder, input),
  changeWorkOrderPriority: (_parent, { input }, ctx) => changed(ctx, changeWorkOrderPriority, input),
  changeWorkOrderResponsibleParty: (_parent, { input }, ctx) => changed(ctx, changeWorkOrderResponsibleParty, input),
  dispatchWorkOrder: (_parent, { input }, ctx) => changed(ctx, dispatchWorkOrder, input),
  assignWorkOrder: (_parent, { input }, ctx) => changed(ctx, assignWorkOrder, input),
  takeWorkOrder: (_parent, { input }, ctx) => changed(ctx, takeWorkOrder, input),
  transferWorkOrder: (_parent, { input }, ctx) => changed(ctx, transferWorkOrder, input),
  returnWorkOrder: (_parent, { input }, ctx) => changed(ctx, returnWorkOrder, input),
  pauseWorkOrder: (_parent, { input }, ctx) => changed(ctx, pauseWorkOrder, input),
  resumeWorkOrder: (_parent, { input }, ctx) => changed(ctx, resumeWorkOrder, input),
  makeWorkOrderAppointment: (_parent, { input }, ctx) => changed(ctx, makeWorkOrderAppointment, input),
  rescheduleWorkOrderAppointment: (_parent, { input }, ctx) => changed(ctx, rescheduleWorkOrderAppointment, input),
  arriveOnSite: (_parent, { input }, ctx) => changed(ctx, arriveOnSite, input),
  printDispatchSlip: async (_parent, { input }, ctx) => {
    const { id, printId } = await ctx.command(printDispatchSlip, input);
    return { workOrder: await loaded(ctx.loaders.workOrder.load(id)), printId };
  },
  quoteWorkOrder: (_parent, { input }, ctx) => changed(ctx, quoteWorkOrder, input),
  agreeWorkOrderQuote: (_parent, { input }, ctx) => changed(ctx, agreeWorkOrderQuote, input),
  declineWorkOrderQuote: (_parent, { input }, ctx) => changed(ctx, declineWorkOrderQuote, input),
  recordWorkOrderMaterials: (_parent, { input }, ctx) => changed(ctx, recordWorkOrderMaterials, input),
  completeWorkOrder: (_parent, { input }, ctx) => changed(ctx, completeWorkOrder, input),
  recordWorkOrderWaterTest: (_parent, { input }, ctx) => changed(ctx, recordWorkOrderWaterTest, input),
  acceptWorkOrder: (_parent, { input }, ctx) => changed(ctx, acceptWorkOrder, input),
  refuseWorkOrderAcceptance: (_parent, { input }, ctx) => changed(ctx, refuseWorkOrderAcceptance, input),
  recordWorkOrderReturnVisit: (_parent, { input }, ctx) => changed(ctx, recordWorkOrderReturnVisit, input),
  recordWorkOrderOpinion: (_parent, { input }, ctx) => changed(ctx, recordWorkOrderOpinion, input),
  urgeWorkOrder: (_parent, { input }, ctx) => changed(ctx, urgeWorkOrder, input),
  cancelWorkOrder: (_parent, { input }, ctx) => changed(ctx, cancelWorkOrder, input),
  importWorkOrders: (_parent, { input }, ctx) => ctx.command(importWorkOrders, input),
  assignWorkOrders: (_parent, { input }, ctx) => ctx.command(assignWorkOrders, input),
  createWorkOrderUpload: async (_parent, { input }, ctx) => ({
    upload: await ctx.command(createWorkOrderUpload, input),
  }),
  revealWorkOrderContact: async (_parent, { input }, ctx) => {
    const { workOrder } = await changed(ctx, revealWorkOrderContact, input);
    const { contactNameSealed: name, contactPhoneSealed: phone } = workOrder;
    const contactName = name === null ? null : ctx.open(name);
    return { workOrder, contactName, contactPhone: phone === null ? null : ctx.open(phone) };
  },
};
