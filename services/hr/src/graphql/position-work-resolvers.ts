import { availableActions, historyOf } from '@steward/service-kit';

import { completePositionDuties } from '../commands/complete-position-duties.ts';
import { acceptPostHandover, openPostHandover } from '../commands/hand-over-post.ts';
import { judgeDutyActions } from '../commands/judge-duty-actions.ts';
import {
  filePersonnelPapers,
  lendPersonnelArchive,
  openPersonnelArchive,
  returnPersonnelArchive,
  transferPersonnelArchive,
} from '../commands/open-personnel-archive.ts';
import { correctPositionKpi, recordPositionKpi } from '../commands/record-position-kpi.ts';
import { completePostRotation, confirmProcessMastery } from '../commands/rotate-post.ts';
import type { HrContext } from '../db/loaders.ts';
import {
  archivesQuery,
  dutySheetsQuery,
  kpiReviewsQuery,
  postHandoversQuery,
  rotationsQuery,
} from '../db/position-list-queries.ts';
import { answering, dutyList, staffOf } from './duty-lists.ts';
import type {
  ArchivePaperResolvers,
  MutationResolvers,
  PersonnelArchiveResolvers,
  PositionCheckResolvers,
  PositionDutySheetResolvers,
  PositionKpiResultResolvers,
  PositionKpiReviewResolvers,
  PostHandoverResolvers,
  PostRotationResolvers,
  QueryResolvers,
} from './generated.ts';
import { subjectOfPosition } from './position-access-policy.ts';
import { checksOf, dutyChecksOf, positionCode, textOr } from './position-labels.ts';

type Queries = Pick<
  QueryResolvers<HrContext>,
  | 'positionDutySheet'
  | 'positionDutySheets'
  | 'positionKpiReview'
  | 'positionKpiReviews'
  | 'personnelArchive'
  | 'personnelArchives'
  | 'postRotation'
  | 'postRotations'
  | 'postHandover'
  | 'postHandovers'
>;

export const positionWorkQueries: Queries = {
  positionDutySheet: (_parent, { id }, ctx) => ctx.loaders.positionDutySheet.load(id),
  positionDutySheets: (_parent, args, ctx) => dutyList(ctx, args, dutySheetsQuery),
  positionKpiReview: (_parent, { id }, ctx) => ctx.loaders.positionKpiReview.load(id),
  positionKpiReviews: (_parent, args, ctx) => dutyList(ctx, args, kpiReviewsQuery),
  personnelArchive: (_parent, { id }, ctx) => ctx.loaders.personnelArchive.load(id),
  personnelArchives: (_parent, args, ctx) => dutyList(ctx, args, archivesQuery),
  postRotation: (_parent, { id }, ctx) => ctx.loaders.postRotation.load(id),
  postRotations: (_parent, args, ctx) => dutyList(ctx, args, rotationsQuery),
  postHandover: (_parent, { id }, ctx) => ctx.loaders.postHandover.load(id),
  postHandovers: (_parent, args, ctx) => dutyList(ctx, args, postHandoversQuery),
};

const positionKpiReview = answering('positionKpiReview', (ctx) => ctx.loaders.positionKpiReview);
const personnelArchive = answering('personnelArchive', (ctx) => ctx.loaders.personnelArchive);
const postRotation = answering('postRotation', (ctx) => ctx.loaders.postRotation);
const postHandover = answering('postHandover', (ctx) => ctx.loaders.postHandover);

export const positionWorkMutations: Pick<
  MutationResolvers<HrContext>,
  | 'completePositionDuties'
  | 'recordPositionKpi'
  | 'correctPositionKpi'
  | 'openPersonnelArchive'
  | 'filePersonnelPapers'
  | 'lendPersonnelArchive'
  | 'returnPersonnelArchive'
  | 'transferPersonnelArchive'
  | 'confirmProcessMastery'
  | 'completePostRotation'
  | 'openPostHandover'
  | 'acceptPostHandover'
> = {
  completePositionDuties: answering(
    'positionDutySheet',
    (ctx) => ctx.loaders.positionDutySheet,
  )(completePositionDuties),
  recordPositionKpi: positionKpiReview(recordPositionKpi),
  correctPositionKpi: positionKpiReview(correctPositionKpi),
  openPersonnelArchive: personnelArchive(openPersonnelArchive),
  filePersonnelPapers: personnelArchive(filePersonnelPapers),
  lendPersonnelArchive: personnelArchive(lendPersonnelArchive),
  returnPersonnelArchive: personnelArchive(returnPersonnelArchive),
  transferPersonnelArchive: personnelArchive(transferPersonnelArchive),
  confirmProcessMastery: postRotation(confirmProcessMastery),
  completePostRotation: postRotation(completePostRotation),
  openPostHandover: postHandover(openPostHandover),
  acceptPostHandover: postHandover(acceptPostHandover),
};

const PositionCheck: PositionCheckResolvers<HrContext> = {
  isPassed: ({ result }) => (result === null ? null : result === 'PASS'),
};

const PositionDutySheet: PositionDutySheetResolvers<HrContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.positionDutySheet.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  staff: ({ staffId }, _args, ctx) => staffOf(ctx, staffId),
  position: ({ positionCode: code }, _args, ctx) => positionCode(ctx, code),
  checks: ({ id, positionCode: code }, _args, ctx) => dutyChecksOf(ctx, id, code),
  deadlines: ({ id }, _args, ctx) => ctx.loaders.deadlines.load(id),
  availableActions: (row, _args, ctx) =>
    availableActions(ctx, subjectOfPosition(row), judgeDutyActions(row, ['completePositionDuties'])),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const PositionKpiReview: PositionKpiReviewResolvers<HrContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.positionKpiReview.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  position: ({ positionCode: code }, _args, ctx) => positionCode(ctx, code),
  availableActions: ({ communityId, status }, _args, ctx) =>
    availableActions(ctx, { communityId }, judgeDutyActions({ status }, ['correctPositionKpi'])),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const PositionKpiResult: PositionKpiResultResolvers<HrContext> = {
  label: ({ label, code }, _args, ctx) => label ?? textOr(ctx, 'positionKpi', code),
};

const PersonnelArchive: PersonnelArchiveResolvers<HrContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.personnelArchive.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  staff: ({ staffId }, _args, ctx) => staffOf(ctx, staffId),
  borrower: ({ borrowerId }, _args, ctx) => staffOf(ctx, borrowerId),
  missingPapers: ({ missingCodes }, _args, ctx) =>
    missingCodes.map((code) => ({ code, label: textOr(ctx, 'archivePaper', code) })),
  deadlines: ({ id }, _args, ctx) => ctx.loaders.deadlines.load(id),
  availableActions: (row, _args, ctx) =>
    availableActions(
      ctx,
      subjectOfPosition(row),
      judgeDutyActions(row, [
        'filePersonnelPapers',
        'lendPersonnelArchive',
        'returnPersonnelArchive',
        'transferPersonnelArchive',
      ]),
    ),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const ArchivePaper: ArchivePaperResolvers<HrContext> = {
  code: ({ code }, _args, ctx) => ({ code, label: textOr(ctx, 'archivePaper', code) }),
};

const PostRotation: PostRotationResolvers<HrContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.postRotation.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  staff: ({ staffId }, _args, ctx) => staffOf(ctx, staffId),
  position: ({ positionCode: code }, _args, ctx) => positionCode(ctx, code),
  nextPosition: ({ nextPositionCode: code }, _args, ctx) => (code === null ? null : positionCode(ctx, code)),
  checks: ({ id, positionCode: code }, _args, ctx) => dutyChecksOf(ctx, id, code),
  deadlines: ({ id }, _args, ctx) => ctx.loaders.deadlines.load(id),
  availableActions: (row, _args, ctx) =>
    availableActions(
      ctx,
      subjectOfPosition(row),
      judgeDutyActions(row, ['confirmProcessMastery', 'completePostRotation']),
    ),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const PostHandover: PostHandoverResolvers<HrContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.postHandover.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  staff: ({ staffId }, _args, ctx) => staffOf(ctx, staffId),
  successor: ({ successorId }, _args, ctx) => staffOf(ctx, successorId),
  witness: ({ witnessId }, _args, ctx) => staffOf(ctx, witnessId),
  position: ({ positionCode: code }, _args, ctx) => positionCode(ctx, code),
  checks: ({ id }, _args, ctx) => checksOf(ctx, id, 'postHandoverCheck'),
  availableActions: (row, _args, ctx) =>
    availableActions(ctx, subjectOfPosition(row), judgeDutyActions(row, ['acceptPostHandover'])),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

export const positionWorkTypes = {
  PositionCheck,
  PositionDutySheet,
  PositionKpiReview,
  PositionKpiResult,
  PersonnelArchive,
  ArchivePaper,
  PostRotation,
  PostHandover,
};
