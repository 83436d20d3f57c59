import { availableActions, historyOf } from '@steward/service-kit';

import { handOverFollowUp } from '../commands/hand-over-follow-ups.ts';
import { cancelFollowUp, completeFollowUp, reopenFollowUp } from '../commands/assign-follow-up.ts';
import {
  callStaffMeeting,
  cancelStaffMeeting,
  holdStaffMeeting,
  setStaffMeetingAgenda,
} from '../commands/hold-staff-meeting.ts';
import { judgeDutyActions } from '../commands/judge-duty-actions.ts';
import {
  approveQualityReview,
  closeQualityReview,
  isPoorFigure,
  returnQualityReview,
  submitQualityReview,
} from '../commands/review-quality.ts';
import type { HrContext } from '../db/loaders.ts';
import { dueOrders, followUpsQuery, meetingOrders, meetingsQuery, reviewsQuery } from '../db/training-list-queries.ts';
import type { FollowUp as FollowUpRow } from '../domain/staff-meeting.ts';
import { answering, dutyList, staffOf } from './duty-lists.ts';
import type {
  FollowUpResolvers,
  MutationResolvers,
  QualityFigureResolvers,
  QualityRemedyResolvers,
  QualityReviewResolvers,
  QueryResolvers,
  StaffMeetingAttendanceResolvers,
  StaffMeetingResolvers,
} from './generated.ts';
import type { QualityRemedy as Remedy } from './mappers.ts';
import { subjectOfMeeting } from './training-access-policy.ts';

type Queries = Pick<
  QueryResolvers<HrContext>,
  'qualityReview' | 'qualityReviews' | 'staffMeeting' | 'staffMeetings' | 'followUp' | 'followUps'
>;

export const meetingQueries: Queries = {
  qualityReview: (_parent, { id }, ctx) => ctx.loaders.qualityReview.load(id),
  qualityReviews: (_parent, args, ctx) => dutyList(ctx, args, reviewsQuery),
  staffMeeting: (_parent, { id }, ctx) => ctx.loaders.staffMeeting.load(id),
  staffMeetings: (_parent, args, ctx) => dutyList(ctx, args, meetingsQuery, meetingOrders),
  followUp: (_parent, { id }, ctx) => ctx.loaders.followUp.load(id),
  followUps: (_parent, args, ctx) => dutyList(ctx, args, followUpsQuery, dueOrders),
};

const qualityReview = answering('qualityReview', (ctx) => ctx.loaders.qualityReview);
const staffMeeting = answering('staffMeeting', (ctx) => ctx.loaders.staffMeeting);
const followUp = answering('followUp', (ctx) => ctx.loaders.followUp);

export const meetingMutations: Pick<
  MutationResolvers<HrContext>,
  | 'submitQualityReview'
  | 'returnQualityReview'
  | 'approveQualityReview'
  | 'closeQualityReview'
  | 'callStaffMeeting'
  | 'setStaffMeetingAgenda'
  | 'holdStaffMeeting'
  | 'cancelStaffMeeting'
  | 'completeFollowUp'
  | 'reopenFollowUp'
  | 'handOverFollowUp'
  | 'cancelFollowUp'
> = {
  submitQualityReview: qualityReview(submitQualityReview),
  returnQualityReview: qualityReview(returnQualityReview),
  approveQualityReview: qualityReview(approveQualityReview),
  closeQualityReview: qualityReview(closeQualityReview),
  callStaffMeeting: staffMeeting(callStaffMeeting),
  setStaffMeetingAgenda: staffMeeting(setStaffMeetingAgenda),
  holdStaffMeeting: staffMeeting(holdStaffMeeting),
  cancelStaffMeeting: staffMeeting(cancelStaffMeeting),
  completeFollowUp: followUp(completeFollowUp),
  reopenFollowUp: followUp(reopenFollowUp),
  handOverFollowUp: followUp(handOverFollowUp),
  cancelFollowUp: followUp(cancelFollowUp),
};

const opened = (ctx: HrContext, sealed: string | null): string | null => (sealed === null ? null : ctx.open(sealed));

async function followUpsOf(ctx: HrContext, below: Promise<{ id: string }[]>): Promise<FollowUpRow[]> {
  const rows = await ctx.loaders.followUp.loadMany((await below).map(({ id }) => id));
  return rows.filter((row): row is FollowUpRow => row !== null && !(row instanceof Error));
}

const QualityReview: QualityReviewResolvers<HrContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.qualityReview.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  analysis: ({ analysisSealed }, _args, ctx) => opened(ctx, analysisSealed),
  remedies: ({ remediesSealed }, _args, ctx) =>
    remediesSealed === null ? [] : (JSON.parse(ctx.open(remediesSealed)) as Remedy[]),
  followUps: ({ id }, _args, ctx) => followUpsOf(ctx, ctx.loaders.followUpsOfReview.load(id)),
  deadlines: ({ id }, _args, ctx) => ctx.loaders.deadlines.load(id),
  availableActions: (row, _args, ctx) =>
    availableActions(
      ctx,
      row,
      judgeDutyActions(row, [
        'submitQualityReview',
        'returnQualityReview',
        'approveQualityReview',
        'closeQualityReview',
      ]),
    ),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const QualityFigure: QualityFigureResolvers<HrContext> = {
  figure: ({ code }) => ({ code, labelKey: `qualityFigure.${code}` }),
  isPoor: (figure) => isPoorFigure(figure),
};

const QualityRemedy: QualityRemedyResolvers<HrContext> = {
  staff: ({ staffId }, _args, ctx) => staffOf(ctx, staffId),
};

const StaffMeeting: StaffMeetingResolvers<HrContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.staffMeeting.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  department: ({ departmentId }, _args, ctx) =>
    departmentId === null ? null : ctx.loaders.department.load(departmentId),
  team: ({ teamId }, _args, ctx) => (teamId === null ? null : ctx.loaders.team.load(teamId)),
  chair: ({ chairId }, _args, ctx) => staffOf(ctx, chairId),
  agenda: ({ agendaSealed }, _args, ctx) => opened(ctx, agendaSealed),
  minutes: ({ minutesSealed }, _args, ctx) => opened(ctx, minutesSealed),
  attendance: ({ id }, _args, ctx) => ctx.loaders.meetingAttendance.load(id),
  followUps: ({ id }, _args, ctx) => followUpsOf(ctx, ctx.loaders.followUpsOfMeeting.load(id)),
  deadlines: ({ id }, _args, ctx) => ctx.loaders.deadlines.load(id),
  availableActions: async (row, _args, ctx) =>
    availableActions(
      ctx,
      await subjectOfMeeting(row, ctx),
      judgeDutyActions(row, ['setStaffMeetingAgenda', 'holdStaffMeeting', 'cancelStaffMeeting']),
    ),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const StaffMeetingAttendance: StaffMeetingAttendanceResolvers<HrContext> = {
  staff: ({ staffId }, _args, ctx) => staffOf(ctx, staffId),
};

const FollowUp: FollowUpResolvers<HrContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.followUp.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  meeting: ({ meetingId }, _args, ctx) => (meetingId === null ? null : ctx.loaders.staffMeeting.load(meetingId)),
  review: ({ reviewId }, _args, ctx) => (reviewId === null ? null : ctx.loaders.qualityReview.load(reviewId)),
  staff: ({ staffId }, _args, ctx) => staffOf(ctx, staffId),
  description: ({ descriptionSealed }, _args, ctx) => ctx.open(descriptionSealed),
  result: ({ resultSealed }, _args, ctx) => opened(ctx, resultSealed),
  deadlines: ({ id }, _args, ctx) => ctx.loaders.deadlines.load(id),
  availableActions: ({ communityId, staffId, status }, _args, ctx) =>
    availableActions(
      ctx,
      { communityId, staffIds: [staffId] },
      judgeDutyActions({ status }, ['completeFollowUp', 'reopenFollowUp', 'handOverFollowUp', 'cancelFollowUp']),
    ),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

export const meetingTypes = {
  QualityReview,
  QualityFigure,
  QualityRemedy,
  StaffMeeting,
  StaffMeetingAttendance,
  FollowUp,
};
