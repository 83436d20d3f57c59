import { codeValue, historyOf } from '@steward/service-kit';

import type { WorkOrderContext } from '../db/loaders.ts';
import { dispatchSlip } from './dispatch-slip.ts';
import type { WorkOrderResolvers } from './generated.ts';
import { workOrderActionsOf } from '../commands/judge-work-order-actions.ts';

const stub = (id: string | null) => (id === null ? null : { id });
const open = (ctx: WorkOrderContext, sealed: string | null) => (sealed === null ? null : ctx.open(sealed));

export const WorkOrder: WorkOrderResolvers<WorkOrderContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.workOrder.load(id),
  channel: ({ communityId, channelCode }, _args, ctx) => codeValue(ctx, communityId, 'CHANNEL', channelCode),
  source: ({ sourceSystem: system, sourceKey: key, sourceStatus, sourceCreatedAt, sourceClosedAt }) =>
    system === null || key === null
      ? null
      : { system, key, status: sourceStatus, createdAt: sourceCreatedAt, closedAt: sourceClosedAt },
  community: ({ communityId }) => ({ id: communityId }),
  place: ({ placeId }) => ({ id: placeId }),
  unit: ({ unitId }) => stub(unitId),
  household: ({ householdId }) => stub(householdId),
  requester: ({ requesterId }) => stub(requesterId),
  trade: ({ communityId, tradeCode }, _args, ctx) => codeValue(ctx, communityId, 'TRADE', tradeCode),
  problem: ({ communityId, problemCode }, _args, ctx) => codeValue(ctx, communityId, 'PROBLEM', problemCode),
  contactName: ({ contactNameSealed }, _args, ctx) => open(ctx, contactNameSealed),
  contactPhone: ({ contactPhoneSealed }, _args, ctx) => open(ctx, contactPhoneSealed),
  description: ({ descriptionSealed }, _args, ctx) => ctx.open(descriptionSealed),
  assignee: ({ assigneeId }) => stub(assigneeId),
  completionNote: ({ completionNoteSealed }, _args, ctx) => open(ctx, completionNoteSealed),
  pause: ({ pausedAt, pausedUntil, pauseReasonCode: code }) =>
    pausedAt === null || pausedUntil === null || code === null
      ? null
      : { from: pausedAt, until: pausedUntil, reason: { code, labelKey: `pauseReason.${code}` } },
  contractor: ({ contractorId }) => stub(contractorId),
  quotes: ({ id }, _args, ctx) => ctx.loaders.quotes.load(id),
  agreedFee: ({ agreedFeeAmount: amount, currency }) => (amount === null ? null : { amount, currency }),
  charge: ({ chargeId }) => stub(chargeId),
  materials: ({ id }, _args, ctx) => ctx.loaders.materials.load(id),
  photos: ({ id }, _args, ctx) => ctx.loaders.photos.load(id),
  waterTests: ({ id }, _args, ctx) => ctx.loaders.waterTests.load(id),
  remarks: ({ id }, _args, ctx) => ctx.loaders.remarks.load(id),
  returnVisits: ({ id }, _args, ctx) => ctx.loaders.returnVisits.load(id),
  opinion: ({ opinionSealed }, _args, ctx) => open(ctx, opinionSealed),
  cancelReason: ({ cancelReasonCode: code }) => (code === null ? null : { code, labelKey: `cancelReason.${code}` }),
  dispatchSlip: (order, _args, ctx) => dispatchSlip(order, ctx),
  dispatchSlipPrints: ({ id }, _args, ctx) => ctx.loaders.dispatchSlipPrints.load(id),
  deadlines: ({ id }, _args, ctx) => ctx.loaders.deadlines.load(id),
  signatures: ({ id }, _args, ctx) => ctx.loaders.signatures.load(id),
  signers: ({ id }, _args, ctx) => ctx.loaders.signers.load(id),
  availableActions: (order, _args, ctx) => workOrderActionsOf(ctx, order),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};
