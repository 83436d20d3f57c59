import type { AccessPolicy, Grant, Subject, SubjectOf } from '@steward/auth';

import { dutyGrants } from '../commands/duty-grants.ts';
import type { HrContext } from '../db/loaders.ts';
import { directors, inherited, listed, near, own, payloadOf, planners, staff, supervisors } from './access-words.ts';

/** Who may see and do what with rosters; transitions bring their own rows. */
const rosterAccess: AccessPolicy = {
  'Query.certificate': [...near(supervisors), own],
  'Query.certificates': [...near(supervisors), own],
  'Query.inductionRecord': [...near([...supervisors, 'trainer']), own],
  'Query.inductionRecords': [...near([...supervisors, 'trainer']), own],
  'Query.shiftPattern': near(staff),
  'Query.shiftPatterns': near(staff),
  'Query.shiftTimetable': near(staff),
  'Query.dutyRoster': near(staff),
  'Query.dutyRosters': near(staff),
  'Query.dutyShift': [...near(staff), own],
  'Query.dutyShifts': [...near(staff), own],
  'Query.dutyGap': near(supervisors),
  'Query.dutyGaps': near(supervisors),

  'Mutation.registerCertificate': near(directors),
  'Mutation.recordStaffInduction': near([...supervisors, 'trainer']),
  'Mutation.registerShiftPattern': near(supervisors),
  'Mutation.draftDutyRoster': near(planners),

  Certificate: [...near(supervisors), own],
  'Certificate.certificateNo': [...near(directors), own],
  InductionRecord: [...near([...supervisors, 'trainer']), own],
  ShiftPattern: near(staff),
  DutyRoster: near(staff),
  DutyShift: [...near(staff), own],
  DutyGap: near(supervisors),
  ...listed(['Certificate', 'InductionRecord', 'ShiftPattern', 'DutyRoster', 'DutyShift', 'DutyGap']),
  ...inherited(['DutyCoverageGap', 'DutyUnfilledSlot', 'ShiftTimes']),
};

const attendanceAccess: AccessPolicy = {
  'Query.attendanceRecord': [...near(supervisors), own],
  'Query.attendanceRecords': [...near(supervisors), own],
  'Query.shiftHandover': [...near(planners), own],
  'Query.shiftHandovers': [...near(planners), own],
  'Query.shiftSubstitution': [...near(planners), own],
  'Query.shiftSubstitutions': [...near(planners), own],
  'Query.shiftSwap': [...near(planners), own],
  'Query.shiftSwaps': [...near(planners), own],
  'Query.dailyDutyReview': near(supervisors),
  'Query.dailyDutyReviews': near(supervisors),

  'Mutation.openShiftHandover': [own],
  'Mutation.requestShiftSubstitution': [own],
  'Mutation.requestShiftSwap': [own],

  AttendanceRecord: [...near(supervisors), own],
  ShiftHandover: [...near(planners), own],
  ShiftSubstitution: [...near(planners), own],
  ShiftSwap: [...near(planners), own],
  DailyDutyReview: near(supervisors),
  ...listed(['AttendanceRecord', 'ShiftHandover', 'ShiftSubstitution', 'ShiftSwap', 'DailyDutyReview']),
  ...inherited([
    'AttendanceReview',
    'AttendanceReviewResult',
    'ShiftHandoverOpenItem',
    'ShiftHandoverNote',
    'ShiftHandoverTool',
    'DailyDutyCheck',
  ]),
};

const payers: Grant[] = near(directors);

const payAccess: AccessPolicy = {
  'Query.leaveRequest': [...near(supervisors), own],
  'Query.leaveRequests': [...near(supervisors), own],
  'Query.overtimeRequest': [...near(supervisors), own],
  'Query.overtimeRequests': [...near(supervisors), own],
  'Query.conductRecord': [...near(supervisors), own],
  'Query.conductRecords': [...near(supervisors), own],
  'Query.payrollSheet': payers,
  'Query.payrollSheets': payers,
  'Query.payrollSlip': [...payers, own],
  'Query.payrollExport': payers,

  'Mutation.requestLeave': [own],
  'Mutation.requestOvertime': [own],
  'Mutation.recordStaffConduct': near(supervisors),
  'Mutation.rewardStaff': near(directors),
  'Mutation.setStaffPay': payers,
  'Mutation.draftPayrollSheet': payers,

  LeaveRequest: [...near(supervisors), own],
  OvertimeRequest: [...near(supervisors), own],
  ConductRecord: [...near(supervisors), own],
  PayrollSheet: payers,
  PayrollSlip: [...payers, own],
  ...listed(['LeaveRequest', 'OvertimeRequest', 'ConductRecord', 'PayrollSheet']),
  ...inherited(['PayrollLine', 'PayrollExport']),
};

const entered: AccessPolicy = { ...rosterAccess, ...attendanceAccess, ...payAccess };

export const dutyAccess: AccessPolicy = {
  ...dutyGrants,
  ...entered,
  ...inherited(
    [...Object.keys(dutyGrants), ...Object.keys(entered)].filter((key) => key.startsWith('Mutation.')).map(payloadOf),
  ),
};

/** Every column of a duty row that names whose it is. */
type OfDuty = {
  communityId: string;
  staffId?: string | null;
  outgoingStaffId?: string;
  incomingStaffId?: string;
  absentStaffId?: string;
  substituteId?: string | null;
  requesterId?: string;
  colleagueId?: string;
};

const parties = (row: OfDuty): string[] =>
  [
    row.staffId,
    row.outgoingStaffId,
    row.incomingStaffId,
    row.absentStaffId,
    // A shift has a substitute as well; it stays its holder's.
    row.absentStaffId === undefined ? null : row.substituteId,
    row.requesterId,
    row.colleagueId,
  ].filter((id) => id != null);

type DutyLoader =
  | 'certificate'
  | 'inductionRecord'
  | 'shiftPattern'
  | 'dutyRoster'
  | 'dutyShift'
  | 'dutyGap'
  | 'attendanceRecord'
  | 'shiftHandover'
  | 'shiftSubstitution'
  | 'shiftSwap'
  | 'dailyDutyReview'
  | 'leaveRequest'
  | 'overtimeRequest'
  | 'conductRecord'
  | 'payrollSheet';

/** On what access to a duty row is judged; a reference brings the id alone. */
export async function subjectOfDuty(
  loader: DutyLoader,
  row: OfDuty | { id: string },
  ctx: HrContext,
): Promise<Subject> {
  const found = 'communityId' in row ? row : await ctx.loaders[loader].load(row.id);
  return found === null ? {} : { communityId: found.communityId, staffIds: parties(found) };
}

const subjectBy =
  (loader: DutyLoader) =>
  (row: OfDuty | { id: string }, ctx: HrContext): Promise<Subject> =>
    subjectOfDuty(loader, row, ctx);

export const dutySubjects: SubjectOf = {
  Certificate: subjectBy('certificate'),
  InductionRecord: subjectBy('inductionRecord'),
  ShiftPattern: subjectBy('shiftPattern'),
  DutyRoster: subjectBy('dutyRoster'),
  DutyShift: subjectBy('dutyShift'),
  DutyGap: subjectBy('dutyGap'),
  AttendanceRecord: subjectBy('attendanceRecord'),
  ShiftHandover: subjectBy('shiftHandover'),
  ShiftSubstitution: subjectBy('shiftSubstitution'),
  ShiftSwap: subjectBy('shiftSwap'),
  DailyDutyReview: subjectBy('dailyDutyReview'),
  LeaveRequest: subjectBy('leaveRequest'),
  OvertimeRequest: subjectBy('overtimeRequest'),
  ConductRecord: subjectBy('conductRecord'),
  PayrollSheet: subjectBy('payrollSheet'),
  // Staff see their own pay once it is approved.
  PayrollSlip: ({ communityId, staffId, isFinal }: { communityId: string; staffId: string; isFinal: boolean }) => ({
    communityId,
    staffIds: isFinal ? [staffId] : [],
  }),
};
