import type { AccessPolicy, Subject, SubjectOf } from '@steward/auth';

import type { HrContext } from '../db/loaders.ts';
import { directors, inherited, listed, near, own, payloadOf, planners, staff, supervisors } from './access-words.ts';

const entered: AccessPolicy = {
  'Query.staffCheckForm': near(staff),
  'Query.staffCheckForms': near(staff),
  'Query.staffCheckRound': near(supervisors),
  'Query.staffCheckRounds': near(supervisors),
  'Query.staffCheck': [...near(supervisors), own],
  'Query.staffChecks': [...near(supervisors), own],
  'Query.appraisal': [...near(supervisors), own],
  'Query.appraisals': [...near(supervisors), own],
  'Query.dormitory': near(staff),
  'Query.dormitories': near(staff),
  'Query.dormitoryRoom': near(staff),
  'Query.dormitoryRooms': near(staff),
  'Query.dormitoryStay': [...near(supervisors), own],
  'Query.dormitoryStays': [...near(supervisors), own],
  'Query.teamPlan': near(staff),
  'Query.teamPlans': near(staff),
  'Query.reportDuty': near(staff),
  'Query.reportDuties': near(staff),
  'Query.dutyReport': [...near(supervisors), own],
  'Query.dutyReports': [...near(supervisors), own],
  'Query.reportPunctuality': near(supervisors),

  'Mutation.registerStaffCheckForm': near(supervisors),
  'Mutation.openStaffCheck': near(supervisors),
  'Mutation.createStaffCheckUpload': near(supervisors),
  'Mutation.passStaffChecks': near(supervisors),
  'Mutation.openAppraisal': near(supervisors),
  'Mutation.registerDormitory': near(directors),
  'Mutation.registerDormitoryRoom': near(directors),
  'Mutation.startDormitoryStay': near(directors),
  'Mutation.draftTeamPlan': near(planners),
  'Mutation.registerReportDuty': near(supervisors),

  StaffCheckForm: near(staff),
  StaffCheckRound: near(supervisors),
  StaffCheck: [...near(supervisors), own],
  Appraisal: [...near(supervisors), own],
  Dormitory: near(staff),
  DormitoryRoom: near(staff),
  DormitoryStay: [...near(supervisors), own],
  TeamPlan: near(staff),
  ReportDuty: near(staff),
  DutyReport: [...near(supervisors), own],
  ReportPunctuality: 'inherit',
};

/** Lists below a staff member or a community; their rows are judged one by one besides. */
const lists = {
  Staff: [
    'dutyShifts',
    'attendanceRecords',
    'leaveRequests',
    'overtimeRequests',
    'conductRecords',
    'certificates',
    'staffChecks',
    'appraisals',
    'dormitoryStays',
    'dutyReports',
  ],
  Community: [
    'dutyRosters',
    'dutyShifts',
    'dutyGaps',
    'attendanceRecords',
    'leaveRequests',
    'conductRecords',
    'payrollSheets',
    'staffChecks',
    'appraisals',
    'dormitories',
    'teamPlans',
    'dutyReports',
  ],
};

const below: AccessPolicy = Object.fromEntries([
  ...lists.Staff.map((list) => [`Staff.${list}`, [{ roles: staff, relation: 'tenant' }]]),
  ...lists.Community.map((list) => [`Community.${list}`, near(staff)]),
]);

/** Who may see and do what with checks, appraisals, dormitories, plans and reports; transitions bring their own rows. */
export const conductAccess: AccessPolicy = {
  ...entered,
  ...below,
  ...inherited(
    Object.keys(entered)
      .filter((key) => key.startsWith('Mutation.'))
      .map(payloadOf),
  ),
  ...listed([
    'StaffCheckForm',
    'StaffCheckRound',
    'StaffCheck',
    'Appraisal',
    'Dormitory',
    'DormitoryRoom',
    'DormitoryStay',
    'TeamPlan',
    'ReportDuty',
    'DutyReport',
  ]),
  ...inherited([
    'StaffCheckFormEntry',
    'StaffCheckPoint',
    'StaffCheckPassResult',
    'AppraisalCriterion',
    'AppraisalEvidence',
    'TeamPlanGoal',
    'TeamPlanMeasure',
  ]),
};

type OfConduct = { communityId: string; staffId?: string | null };

type ConductLoader =
  | 'staffCheckForm'
  | 'staffCheckRound'
  | 'staffCheck'
  | 'appraisal'
  | 'dormitory'
  | 'dormitoryRoom'
  | 'dormitoryStay'
  | 'teamPlan'
  | 'reportDuty'
  | 'dutyReport';

/** On what access to a row is judged; a reference brings the id alone. */
const subjectBy =
  (loader: ConductLoader) =>
  async (row: OfConduct | { id: string }, ctx: HrContext): Promise<Subject> => {
    const found: OfConduct | null = 'communityId' in row ? row : await ctx.loaders[loader].load(row.id);
    if (found === null) return {};
    return { communityId: found.communityId, staffIds: found.staffId == null ? [] : [found.staffId] };
  };

export const conductSubjects: SubjectOf = {
  StaffCheckForm: subjectBy('staffCheckForm'),
  StaffCheckRound: subjectBy('staffCheckRound'),
  StaffCheck: subjectBy('staffCheck'),
  Appraisal: subjectBy('appraisal'),
  Dormitory: subjectBy('dormitory'),
  DormitoryRoom: subjectBy('dormitoryRoom'),
  DormitoryStay: subjectBy('dormitoryStay'),
  TeamPlan: subjectBy('teamPlan'),
  ReportDuty: subjectBy('reportDuty'),
  DutyReport: subjectBy('dutyReport'),
};
