import { availableActions, historyOf } from '@steward/service-kit';

import {
  acknowledgeAppraisal,
  appealAppraisal,
  cancelAppraisal,
  decideAppraisalAppeal,
  rateAppraisal,
  selfAssessAppraisal,
} from '../commands/assess-appraisal.ts';
import { judgeDutyActions } from '../commands/judge-duty-actions.ts';
import { openAppraisal } from '../commands/open-appraisal.ts';
import { appraisalsQuery } from '../db/conduct-list-queries.ts';
import type { HrContext } from '../db/loaders.ts';
import { answering, dutyList, staffOf } from './duty-lists.ts';
import type { AppraisalResolvers, MutationResolvers, QueryResolvers } from './generated.ts';

export const appraisalQueries: Pick<QueryResolvers<HrContext>, 'appraisal' | 'appraisals'> = {
  appraisal: (_parent, { id }, ctx) => ctx.loaders.appraisal.load(id),
  appraisals: (_parent, args, ctx) => dutyList(ctx, args, appraisalsQuery),
};

const appraisal = answering('appraisal', (ctx) => ctx.loaders.appraisal);

export const appraisalMutations: Pick<
  MutationResolvers<HrContext>,
  | 'openAppraisal'
  | 'selfAssessAppraisal'
  | 'rateAppraisal'
  | 'acknowledgeAppraisal'
  | 'appealAppraisal'
  | 'decideAppraisalAppeal'
  | 'cancelAppraisal'
> = {
  openAppraisal: appraisal(openAppraisal),
  selfAssessAppraisal: appraisal(selfAssessAppraisal),
  rateAppraisal: appraisal(rateAppraisal),
  acknowledgeAppraisal: appraisal(acknowledgeAppraisal),
  appealAppraisal: appraisal(appealAppraisal),
  decideAppraisalAppeal: appraisal(decideAppraisalAppeal),
  cancelAppraisal: appraisal(cancelAppraisal),
};

const opened = (ctx: HrContext, sealed: string | null): string | null => (sealed === null ? null : ctx.open(sealed));

const Appraisal: AppraisalResolvers<HrContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.appraisal.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  staff: ({ staffId }, _args, ctx) => staffOf(ctx, staffId),
  criteria: ({ weights, selfScores, scores }) =>
    Object.entries(weights)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([code, weight]) => ({
        criterion: { code, labelKey: `criterion.${code}` },
        weight,
        selfScore: selfScores?.[code] ?? null,
        score: scores?.[code] ?? null,
      })),
  total: ({ totalHundredths }) => (totalHundredths === null ? null : (totalHundredths / 100).toFixed(2)),
  selfComment: ({ selfCommentSealed }, _args, ctx) => opened(ctx, selfCommentSealed),
  comment: ({ commentSealed }, _args, ctx) => opened(ctx, commentSealed),
  appealReason: ({ appealSealed }, _args, ctx) => opened(ctx, appealSealed),
  appealDecision: ({ decisionSealed }, _args, ctx) => opened(ctx, decisionSealed),
  deadlines: ({ id }, _args, ctx) => ctx.loaders.deadlines.load(id),
  availableActions: (row, _args, ctx) =>
    availableActions(
      ctx,
      { communityId: row.communityId, staffIds: [row.staffId] },
      judgeDutyActions(row, [
        'selfAssessAppraisal',
        'rateAppraisal',
        'acknowledgeAppraisal',
        'appealAppraisal',
        'decideAppraisalAppeal',
        'cancelAppraisal',
      ]),
    ),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

export const appraisalTypes = { Appraisal };
