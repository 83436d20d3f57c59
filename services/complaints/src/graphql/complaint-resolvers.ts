import { availableByMatrix, codeValue, historyOf } from '@steward/service-kit';

import { judgeComplaintActions, remedyActs, stepsMissing } from '../commands/judge-actions.ts';
import { complaintSubject } from '../db/complaint-subject-queries.ts';
import type { ComplaintContext } from '../db/loaders.ts';
import type { ComplaintResolvers } from './generated.ts';

const stub = (id: string | null) => (id === null ? null : { id });
const open = (ctx: ComplaintContext, sealed: string | null) => (sealed === null ? null : ctx.open(sealed));

export const Complaint: ComplaintResolvers<ComplaintContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.complaint.load(id),
  channel: ({ communityId, channelCode }, _args, ctx) => codeValue(ctx, communityId, 'CHANNEL', channelCode),
  category: ({ communityId, categoryCode }, _args, ctx) => codeValue(ctx, communityId, 'CATEGORY', categoryCode),
  source: ({ sourceSystem: system, sourceKey: key, sourceStatus, sourceCreatedAt, sourceClosedAt }) =>
    system === null || key === null
      ? null
      : { system, key, status: sourceStatus, createdAt: sourceCreatedAt, closedAt: sourceClosedAt },
  community: ({ communityId }) => ({ id: communityId }),
  place: ({ placeId }) => stub(placeId),
  unit: ({ unitId }) => stub(unitId),
  locationText: ({ locationSealed }, _args, ctx) => open(ctx, locationSealed),
  household: ({ householdId }) => stub(householdId),
  complainant: ({ complainantId }) => stub(complainantId),
  contactName: ({ contactNameSealed }, _args, ctx) => open(ctx, contactNameSealed),
  contactPhone: ({ contactPhoneSealed }, _args, ctx) => open(ctx, contactPhoneSealed),
  respondent: ({ respondentId }) => stub(respondentId),
  respondentName: ({ respondentSealed }, _args, ctx) => open(ctx, respondentSealed),
  summary: ({ summarySealed }, _args, ctx) => ctx.open(summarySealed),
  course: ({ courseSealed }, _args, ctx) => open(ctx, courseSealed),
  demand: ({ demandSealed }, _args, ctx) => open(ctx, demandSealed),
  handler: ({ handlerId }) => stub(handlerId),
  referralReason: ({ referralReasonCode }) => referralReasonCode,
  contactForms: ({ id }, _args, ctx) => ctx.loaders.forms.load(id),
  help: ({ helpSealed }, _args, ctx) => open(ctx, helpSealed),
  steps: ({ id }, _args, ctx) => ctx.loaders.steps.load(id),
  missingSteps: (complaint) => stepsMissing(complaint),
  remedies: ({ id }, _args, ctx) => ctx.loaders.remedies.load(id),
  remedyCost: ({ remedyAmount: amount, currency }) => ({ amount, currency }),
  approvals: ({ id }, _args, ctx) => ctx.loaders.approvals.load(id),
  repairs: ({ id }, _args, ctx) => ctx.loaders.repairs.load(id),
  photos: ({ id }, _args, ctx) => ctx.loaders.photos.load(id),
  result: ({ resultSealed }, _args, ctx) => open(ctx, resultSealed),
  returnVisits: ({ id }, _args, ctx) => ctx.loaders.returnVisits.load(id),
  withdrawReason: ({ withdrawReasonCode: code }) =>
    code === null ? null : { code, labelKey: `withdrawReason.${code}` },
  remarks: ({ id }, _args, ctx) => ctx.loaders.remarks.load(id),
  deadlines: ({ id }, _args, ctx) => ctx.loaders.deadlines.load(id),
  availableActions: (complaint, _args, ctx) =>
    availableByMatrix(
      ctx,
      { ...complaintSubject(complaint), communityId: complaint.communityId },
      judgeComplaintActions(complaint),
      remedyActs,
    ),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};
