import { availableActions, historyOf } from '@steward/service-kit';

import {
  acceptShiftHandover,
  checkShiftHandoverCleaning,
  countShiftHandoverTools,
} from '../commands/accept-shift-handover.ts';
import {
  arrangeShiftSubstitution,
  endShiftSubstitution,
  requestShiftSubstitution,
} from '../commands/arrange-shift-substitution.ts';
import { clockInDutyShift } from '../commands/clock-in-duty-shift.ts';
import { clockOutDutyShift } from '../commands/clock-out-duty-shift.ts';
import { completeDailyDutyReview } from '../commands/complete-daily-duty-review.ts';
import { correctAttendanceRecord, reviewAttendanceRecords } from '../commands/correct-attendance-record.ts';
import { judgeDutyActions } from '../commands/judge-duty-actions.ts';
import { addShiftHandoverNotes, openShiftHandover } from '../commands/open-shift-handover.ts';
import {
  agreeShiftSwap,
  approveShiftSwap,
  declineShiftSwap,
  rejectShiftSwap,
  requestShiftSwap,
  withdrawShiftSwap,
} from '../commands/request-shift-swap.ts';
import {
  attendanceQuery,
  dailyReviewsQuery,
  handoversQuery,
  substitutionsQuery,
  swapsQuery,
} from '../db/attendance-list-queries.ts';
import type { HrContext } from '../db/loaders.ts';
import { subjectOfDuty } from './duty-access-policy.ts';
import { answering, dutyList, staffOf } from './duty-lists.ts';
import type {
  AttendanceRecordResolvers,
  AttendanceReviewResultResolvers,
  DailyDutyCheckResolvers,
  DailyDutyReviewResolvers,
  MutationResolvers,
  QueryResolvers,
  ShiftHandoverNoteResolvers,
  ShiftHandoverResolvers,
  ShiftHandoverToolResolvers,
  ShiftSubstitutionResolvers,
  ShiftSwapResolvers,
} from './generated.ts';

type Queries = Pick<
  QueryResolvers<HrContext>,
  | 'attendanceRecord'
  | 'attendanceRecords'
  | 'shiftHandover'
  | 'shiftHandovers'
  | 'shiftSubstitution'
  | 'shiftSubstitutions'
  | 'shiftSwap'
  | 'shiftSwaps'
  | 'dailyDutyReview'
  | 'dailyDutyReviews'
>;

export const attendanceQueries: Queries = {
  attendanceRecord: (_parent, { id }, ctx) => ctx.loaders.attendanceRecord.load(id),
  attendanceRecords: (_parent, args, ctx) => dutyList(ctx, args, attendanceQuery),
  shiftHandover: (_parent, { id }, ctx) => ctx.loaders.shiftHandover.load(id),
  shiftHandovers: (_parent, args, ctx) => dutyList(ctx, args, handoversQuery),
  shiftSubstitution: (_parent, { id }, ctx) => ctx.loaders.shiftSubstitution.load(id),
  shiftSubstitutions: (_parent, args, ctx) => dutyList(ctx, args, substitutionsQuery),
  shiftSwap: (_parent, { id }, ctx) => ctx.loaders.shiftSwap.load(id),
  shiftSwaps: (_parent, args, ctx) => dutyList(ctx, args, swapsQuery),
  dailyDutyReview: (_parent, { id }, ctx) => ctx.loaders.dailyDutyReview.load(id),
  dailyDutyReviews: (_parent, args, ctx) => dutyList(ctx, args, dailyReviewsQuery),
};

const dutyShift = answering('dutyShift', (ctx) => ctx.loaders.dutyShift);
const shiftHandover = answering('shiftHandover', (ctx) => ctx.loaders.shiftHandover);
const shiftSubstitution = answering('shiftSubstitution', (ctx) => ctx.loaders.shiftSubstitution);
const shiftSwap = answering('shiftSwap', (ctx) => ctx.loaders.shiftSwap);

export const attendanceMutations: Pick<
  MutationResolvers<HrContext>,
  | 'clockInDutyShift'
  | 'clockOutDutyShift'
  | 'correctAttendanceRecord'
  | 'reviewAttendanceRecords'
  | 'openShiftHandover'
  | 'addShiftHandoverNotes'
  | 'countShiftHandoverTools'
  | 'checkShiftHandoverCleaning'
  | 'acceptShiftHandover'
  | 'requestShiftSubstitution'
  | 'arrangeShiftSubstitution'
  | 'endShiftSubstitution'
  | 'requestShiftSwap'
  | 'agreeShiftSwap'
  | 'declineShiftSwap'
  | 'approveShiftSwap'
  | 'rejectShiftSwap'
  | 'withdrawShiftSwap'
  | 'completeDailyDutyReview'
> = {
  clockInDutyShift: dutyShift(clockInDutyShift),
  clockOutDutyShift: dutyShift(clockOutDutyShift),
  correctAttendanceRecord: answering(
    'attendanceRecord',
    (ctx) => ctx.loaders.attendanceRecord,
  )(correctAttendanceRecord),
  reviewAttendanceRecords: async (_parent, { input }, ctx) => ({
    attendanceReview: await ctx.command(reviewAttendanceRecords, input),
  }),
  openShiftHandover: shiftHandover(openShiftHandover),
  addShiftHandoverNotes: shiftHandover(addShiftHandoverNotes),
  countShiftHandoverTools: shiftHandover(countShiftHandoverTools),
  checkShiftHandoverCleaning: shiftHandover(checkShiftHandoverCleaning),
  acceptShiftHandover: shiftHandover(acceptShiftHandover),
  requestShiftSubstitution: shiftSubstitution(requestShiftSubstitution),
  arrangeShiftSubstitution: shiftSubstitution(arrangeShiftSubstitution),
  endShiftSubstitution: shiftSubstitution(endShiftSubstitution),
  requestShiftSwap: shiftSwap(requestShiftSwap),
  agreeShiftSwap: shiftSwap(agreeShiftSwap),
  declineShiftSwap: shiftSwap(declineShiftSwap),
  approveShiftSwap: shiftSwap(approveShiftSwap),
  rejectShiftSwap: shiftSwap(rejectShiftSwap),
  withdrawShiftSwap: shiftSwap(withdrawShiftSwap),
  completeDailyDutyReview: answering('dailyDutyReview', (ctx) => ctx.loaders.dailyDutyReview)(completeDailyDutyReview),
};

const AttendanceRecord: AttendanceRecordResolvers<HrContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.attendanceRecord.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  shift: ({ shiftId }, _args, ctx) => ctx.loaders.dutyShift.load(shiftId),
  staff: ({ staffId }, _args, ctx) => staffOf(ctx, staffId),
  availableActions: (row, _args, ctx) =>
    availableActions(ctx, row, judgeDutyActions(row, ['correctAttendanceRecord', 'reviewAttendanceRecords'])),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const AttendanceReviewResult: AttendanceReviewResultResolvers<HrContext> = {
  attendanceRecord: ({ id, refusal }, _args, ctx) => (refusal === null ? ctx.loaders.attendanceRecord.load(id) : null),
};

const ShiftHandover: ShiftHandoverResolvers<HrContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.shiftHandover.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  outgoingShift: ({ outgoingShiftId }, _args, ctx) => ctx.loaders.dutyShift.load(outgoingShiftId),
  incomingShift: ({ incomingShiftId }, _args, ctx) => ctx.loaders.dutyShift.load(incomingShiftId),
  openItems: async ({ communityId, acceptedItems }, _args, ctx) =>
    acceptedItems?.map((item) => ({ ...item, openedAt: new Date(item.openedAt) })) ??
    (await ctx.loaders.openItems.load(communityId)) ??
    [],
  notes: ({ id }, _args, ctx) => ctx.loaders.handoverNotes.load(id),
  tools: ({ id }, _args, ctx) => ctx.loaders.handoverTools.load(id),
  cleaningShortcomings: ({ shortcomingsSealed: sealed }, _args, ctx) => (sealed === null ? null : ctx.open(sealed)),
  patrolRecord: ({ patrolSealed }, _args, ctx) => (patrolSealed === null ? null : ctx.open(patrolSealed)),
  availableActions: async (row, _args, ctx) =>
    availableActions(
      ctx,
      await subjectOfDuty('shiftHandover', row, ctx),
      judgeDutyActions(row, [
        'addShiftHandoverNotes',
        'countShiftHandoverTools',
        'checkShiftHandoverCleaning',
        'acceptShiftHandover',
      ]),
    ),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const ShiftHandoverNote: ShiftHandoverNoteResolvers<HrContext> = {
  reason: ({ reasonCode: code }) => (code === null ? null : { code, labelKey: `leftOver.${code}` }),
  text: ({ textSealed }, _args, ctx) => ctx.open(textSealed),
};

const ShiftHandoverTool: ShiftHandoverToolResolvers<HrContext> = {
  liableStaff: ({ liableStaffId }, _args, ctx) => staffOf(ctx, liableStaffId),
};

const ShiftSubstitution: ShiftSubstitutionResolvers<HrContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.shiftSubstitution.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  shift: ({ shiftId }, _args, ctx) => ctx.loaders.dutyShift.load(shiftId),
  absentStaff: ({ absentStaffId }, _args, ctx) => staffOf(ctx, absentStaffId),
  substitute: ({ substituteId }, _args, ctx) => staffOf(ctx, substituteId),
  reason: ({ reasonCode: code }) => ({ code, labelKey: `substitution.${code}` }),
  from: ({ awayFrom }) => awayFrom,
  to: ({ awayTo }) => awayTo,
  availableActions: async (row, _args, ctx) =>
    availableActions(
      ctx,
      await subjectOfDuty('shiftSubstitution', row, ctx),
      judgeDutyActions(row, ['arrangeShiftSubstitution', 'endShiftSubstitution']),
    ),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const ShiftSwap: ShiftSwapResolvers<HrContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.shiftSwap.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  shift: ({ shiftId }, _args, ctx) => ctx.loaders.dutyShift.load(shiftId),
  otherShift: ({ otherShiftId }, _args, ctx) =>
    otherShiftId === null ? null : ctx.loaders.dutyShift.load(otherShiftId),
  requester: ({ requesterId }, _args, ctx) => staffOf(ctx, requesterId),
  colleague: ({ colleagueId }, _args, ctx) => staffOf(ctx, colleagueId),
  availableActions: async (row, _args, ctx) =>
    availableActions(
      ctx,
      await subjectOfDuty('shiftSwap', row, ctx),
      judgeDutyActions(row, [
        'agreeShiftSwap',
        'declineShiftSwap',
        'approveShiftSwap',
        'rejectShiftSwap',
        'withdrawShiftSwap',
      ]),
    ),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const DailyDutyReview: DailyDutyReviewResolvers<HrContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.dailyDutyReview.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  checks: ({ id }, _args, ctx) => ctx.loaders.checklist.load(id),
  deadlines: ({ id }, _args, ctx) => ctx.loaders.deadlines.load(id),
  availableActions: (row, _args, ctx) => availableActions(ctx, row, judgeDutyActions(row, ['completeDailyDutyReview'])),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const DailyDutyCheck: DailyDutyCheckResolvers<HrContext> = {
  isPassed: ({ result }) => (result === null ? null : result === 'PASS'),
};

export const attendanceTypes = {
  AttendanceRecord,
  AttendanceReviewResult,
  ShiftHandover,
  ShiftHandoverNote,
  ShiftHandoverTool,
  ShiftSubstitution,
  ShiftSwap,
  DailyDutyReview,
  DailyDutyCheck,
};
