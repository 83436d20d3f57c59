import {
  appraisalDeadlines,
  dormitoryStayDeadlines,
  dutyReportDeadlines,
  staffCheckDeadlines,
  staffCheckRoundDeadlines,
  teamPlanDeadlines,
} from '@steward/events';
import { defineAggregate } from '@steward/service-kit';

import type {
  Appraisal,
  Dormitory,
  DormitoryRoom,
  DormitoryStay,
  DutyReport,
  ReportDuty,
  StaffCheck,
  StaffCheckForm,
  StaffCheckRound,
  TeamPlan,
} from '../domain/conduct.ts';
import {
  appraisalEntity,
  dormitoryEntity,
  dormitoryRoomEntity,
  dormitoryStayEntity,
  dutyReportEntity,
  reportDutyEntity,
  staffCheckEntity,
  staffCheckFormEntity,
  staffCheckRoundEntity,
  teamPlanEntity,
} from './conduct-entities.ts';
import { ownStaffRows, subjectOfStaffRow } from './roster-aggregates.ts';

const inCommunity = ({ communityId }: { communityId: string }) => ({ communityId });

export const staffCheckFormAggregate = defineAggregate<StaffCheckForm>({
  type: 'staff-check-form',
  table: 'staff_check_form',
  graphqlType: 'StaffCheckForm',
  entity: staffCheckFormEntity,
  subject: inCommunity,
});

export const staffCheckRoundAggregate = defineAggregate<StaffCheckRound>({
  type: 'staff-check-round',
  table: 'staff_check_round',
  graphqlType: 'StaffCheckRound',
  entity: staffCheckRoundEntity,
  deadlines: staffCheckRoundDeadlines,
  subject: inCommunity,
});

export const staffCheckAggregate = defineAggregate<StaffCheck>({
  type: 'staff-check',
  table: 'staff_check',
  graphqlType: 'StaffCheck',
  entity: staffCheckEntity,
  deadlines: staffCheckDeadlines,
  sealed: ['findingsSealed', 'measureSealed'],
  subject: subjectOfStaffRow,
  listSubject: ownStaffRows,
});

export const appraisalAggregate = defineAggregate<Appraisal>({
  type: 'appraisal',
  table: 'appraisal',
  graphqlType: 'Appraisal',
  entity: appraisalEntity,
  deadlines: appraisalDeadlines,
  // Scores are about a person: the history says that they changed, not to what.
  sealed: [
    'evidence',
    'selfScores',
    'scores',
    'totalHundredths',
    'grade',
    'selfCommentSealed',
    'commentSealed',
    'appealSealed',
    'decisionSealed',
  ],
  subject: subjectOfStaffRow,
  listSubject: ownStaffRows,
});

export const dormitoryAggregate = defineAggregate<Dormitory>({
  type: 'dormitory',
  table: 'dormitory',
  graphqlType: 'Dormitory',
  entity: dormitoryEntity,
  subject: inCommunity,
});

export const dormitoryRoomAggregate = defineAggregate<DormitoryRoom>({
  type: 'dormitory-room',
  table: 'dormitory_room',
  graphqlType: 'DormitoryRoom',
  entity: dormitoryRoomEntity,
  subject: inCommunity,
});

export const dormitoryStayAggregate = defineAggregate<DormitoryStay>({
  type: 'dormitory-stay',
  table: 'dormitory_stay',
  graphqlType: 'DormitoryStay',
  entity: dormitoryStayEntity,
  deadlines: dormitoryStayDeadlines,
  subject: subjectOfStaffRow,
  listSubject: ownStaffRows,
});

export const teamPlanAggregate = defineAggregate<TeamPlan>({
  type: 'team-plan',
  table: 'team_plan',
  graphqlType: 'TeamPlan',
  entity: teamPlanEntity,
  deadlines: teamPlanDeadlines,
  sealed: ['evaluationSealed'],
  subject: inCommunity,
});

export const reportDutyAggregate = defineAggregate<ReportDuty>({
  type: 'report-duty',
  table: 'report_duty',
  graphqlType: 'ReportDuty',
  entity: reportDutyEntity,
  subject: inCommunity,
});

export const dutyReportAggregate = defineAggregate<DutyReport>({
  type: 'duty-report',
  table: 'duty_report',
  graphqlType: 'DutyReport',
  entity: dutyReportEntity,
  deadlines: dutyReportDeadlines,
  sealed: ['summarySealed'],
  subject: subjectOfStaffRow,
  listSubject: ownStaffRows,
});

export const conductAggregates = [
  staffCheckFormAggregate,
  staffCheckRoundAggregate,
  staffCheckAggregate,
  appraisalAggregate,
  dormitoryAggregate,
  dormitoryRoomAggregate,
  dormitoryStayAggregate,
  teamPlanAggregate,
  reportDutyAggregate,
  dutyReportAggregate,
];
