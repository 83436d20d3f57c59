import { availableActions, historyOf, loaded } from '@steward/service-kit';

import { judgeDutyActions } from '../commands/judge-duty-actions.ts';
import { readPunctuality } from '../commands/read-punctuality.ts';
import { refillDutyShift } from '../commands/refill-duty-shift.ts';
import { reassignReportDuty, registerReportDuty, retireReportDuty } from '../commands/register-report-duty.ts';
import { acceptDutyReport, returnDutyReport, submitDutyReport } from '../commands/submit-duty-report.ts';
import { dutyReportsQuery, reportDutiesQuery } from '../db/conduct-list-queries.ts';
import type { HrContext } from '../db/loaders.ts';
import { answering, dutyList, staffOf } from './duty-lists.ts';
import type {
  DutyReportResolvers,
  MutationResolvers,
  QueryResolvers,
  ReportDutyResolvers,
  ReportPunctualityResolvers,
} from './generated.ts';

type Queries = Pick<
  QueryResolvers<HrContext>,
  'reportDuty' | 'reportDuties' | 'dutyReport' | 'dutyReports' | 'reportPunctuality'
>;

const isInScope = ({ viewer }: HrContext, communityId: string): boolean =>
  viewer.communityIds === 'all' || viewer.communityIds.includes(communityId);

export const reportDutyQueries: Queries = {
  reportDuty: (_parent, { id }, ctx) => ctx.loaders.reportDuty.load(id),
  reportDuties: (_parent, args, ctx) => dutyList(ctx, args, reportDutiesQuery),
  dutyReport: (_parent, { id }, ctx) => ctx.loaders.dutyReport.load(id),
  dutyReports: (_parent, args, ctx) => dutyList(ctx, args, dutyReportsQuery),
  reportPunctuality: (_parent, { communityId, month }, ctx) =>
    isInScope(ctx, communityId) ? ctx.read((tx) => readPunctuality(tx, communityId, month)) : null,
};

const reportDuty = answering('reportDuty', (ctx) => ctx.loaders.reportDuty);
const dutyReport = answering('dutyReport', (ctx) => ctx.loaders.dutyReport);

export const reportDutyMutations: Pick<
  MutationResolvers<HrContext>,
  | 'registerReportDuty'
  | 'reassignReportDuty'
  | 'retireReportDuty'
  | 'submitDutyReport'
  | 'returnDutyReport'
  | 'acceptDutyReport'
  | 'refillDutyShift'
> = {
  registerReportDuty: reportDuty(registerReportDuty),
  reassignReportDuty: reportDuty(reassignReportDuty),
  retireReportDuty: reportDuty(retireReportDuty),
  submitDutyReport: dutyReport(submitDutyReport),
  returnDutyReport: dutyReport(returnDutyReport),
  acceptDutyReport: dutyReport(acceptDutyReport),
  refillDutyShift: answering('dutyShift', (ctx) => ctx.loaders.dutyShift)(refillDutyShift),
};

const ReportDuty: ReportDutyResolvers<HrContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.reportDuty.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  staff: ({ staffId }, _args, ctx) => staffOf(ctx, staffId),
  availableActions: (row, _args, ctx) =>
    availableActions(ctx, row, judgeDutyActions(row, ['reassignReportDuty', 'retireReportDuty'])),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const DutyReport: DutyReportResolvers<HrContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.dutyReport.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  duty: ({ dutyId }, _args, ctx) => loaded(ctx.loaders.reportDuty.load(dutyId)),
  staff: ({ staffId }, _args, ctx) => staffOf(ctx, staffId),
  summary: ({ summarySealed: sealed }, _args, ctx) => (sealed === null ? null : ctx.open(sealed)),
  deadlines: ({ id }, _args, ctx) => ctx.loaders.deadlines.load(id),
  availableActions: (row, _args, ctx) =>
    availableActions(
      ctx,
      { communityId: row.communityId, staffIds: [row.staffId] },
      judgeDutyActions(row, ['submitDutyReport', 'returnDutyReport', 'acceptDutyReport']),
    ),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const ReportPunctuality: ReportPunctualityResolvers<HrContext> = {
  onTimeShare: ({ dueCount, onTimeCount }) => (dueCount === 0 ? null : (onTimeCount / dueCount).toFixed(4)),
};

export const reportDutyTypes = { ReportDuty, DutyReport, ReportPunctuality };
