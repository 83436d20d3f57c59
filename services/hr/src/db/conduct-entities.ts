import { aggregateColumns, column, defineEntity } from '@steward/db';

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
  TeamPlanGoal,
  TeamPlanMeasure,
} from '../domain/conduct.ts';

const nullable = { nullable: true };
const days = { startsOn: column.date(), endsOn: column.date() };

export const staffCheckFormEntity = defineEntity<StaffCheckForm>({
  name: 'StaffCheckForm',
  table: 'staff_check_form',
  columns: {
    ...aggregateColumns,
    kind: column.text(),
    name: column.text(),
    roles: column.texts(),
    entries: column.json(),
    status: column.text(),
  },
});

export const staffCheckRoundEntity = defineEntity<StaffCheckRound>({
  name: 'StaffCheckRound',
  table: 'staff_check_round',
  columns: { ...aggregateColumns, kind: column.text(), ...days, plannedCount: column.int(), status: column.text() },
});

export const staffCheckEntity = defineEntity<StaffCheck>({
  name: 'StaffCheck',
  table: 'staff_check',
  columns: {
    ...aggregateColumns,
    kind: column.text(),
    roundId: column.uuid(nullable),
    staffId: column.uuid(nullable),
    roomId: column.uuid(nullable),
    status: column.text(),
    sampleNumbers: column.texts(),
    photoFileIds: column.uuids(),
    findingsSealed: column.text(nullable),
    checkedAt: column.instant(nullable),
    agreedWithId: column.uuid(nullable),
    measureSealed: column.text(nullable),
  },
});

export const appraisalEntity = defineEntity<Appraisal>({
  name: 'Appraisal',
  table: 'appraisal',
  columns: {
    ...aggregateColumns,
    staffId: column.uuid(),
    ...days,
    status: column.text(),
    weights: column.json(),
    evidence: column.json(),
    selfScores: column.json(nullable),
    scores: column.json(nullable),
    totalHundredths: column.int(nullable),
    grade: column.text(nullable),
    ratedBy: column.text(nullable),
    ratedAt: column.instant(nullable),
    settledAt: column.instant(nullable),
    selfCommentSealed: column.text(nullable),
    commentSealed: column.text(nullable),
    appealSealed: column.text(nullable),
    decisionSealed: column.text(nullable),
  },
});

export const dormitoryEntity = defineEntity<Dormitory>({
  name: 'Dormitory',
  table: 'dormitory',
  columns: { ...aggregateColumns, name: column.text(), rules: column.texts(), status: column.text() },
});

export const dormitoryRoomEntity = defineEntity<DormitoryRoom>({
  name: 'DormitoryRoom',
  table: 'dormitory_room',
  columns: {
    ...aggregateColumns,
    dormitoryId: column.uuid(),
    name: column.text(),
    bedCount: column.int(),
    status: column.text(),
  },
});

export const dormitoryStayEntity = defineEntity<DormitoryStay>({
  name: 'DormitoryStay',
  table: 'dormitory_stay',
  columns: {
    ...aggregateColumns,
    roomId: column.uuid(),
    bed: column.int(),
    staffId: column.uuid(),
    startsOn: column.date(),
    endsOn: column.date(nullable),
    status: column.text(),
  },
});

export const teamPlanEntity = defineEntity<TeamPlan>({
  name: 'TeamPlan',
  table: 'team_plan',
  columns: {
    ...aggregateColumns,
    teamId: column.uuid(),
    ...days,
    status: column.text(),
    evaluationSealed: column.text(nullable),
  },
});

export const teamPlanGoalEntity = defineEntity<TeamPlanGoal>({
  name: 'TeamPlanGoal',
  table: 'team_plan_goal',
  columns: {
    id: column.id(),
    tenantId: column.uuid(),
    planId: column.uuid(),
    position: column.int(),
    textSealed: column.text(),
    dueOn: column.date(),
    responsibleId: column.uuid(),
    isAchieved: column.bool(nullable),
    resultSealed: column.text(nullable),
  },
});

export const teamPlanMeasureEntity = defineEntity<TeamPlanMeasure>({
  name: 'TeamPlanMeasure',
  table: 'team_plan_measure',
  columns: {
    id: column.id(),
    tenantId: column.uuid(),
    planId: column.uuid(),
    goalId: column.uuid(),
    kind: column.text(),
    textSealed: column.text(),
    dueOn: column.date(),
    responsibleId: column.uuid(),
    completedAt: column.instant(nullable),
    effectSealed: column.text(nullable),
  },
});

export const reportDutyEntity = defineEntity<ReportDuty>({
  name: 'ReportDuty',
  table: 'report_duty',
  columns: {
    ...aggregateColumns,
    name: column.text(),
    frequency: column.text(),
    dueDay: column.int(),
    staffId: column.uuid(),
    status: column.text(),
  },
});

export const dutyReportEntity = defineEntity<DutyReport>({
  name: 'DutyReport',
  table: 'duty_report',
  columns: {
    ...aggregateColumns,
    dutyId: column.uuid(),
    staffId: column.uuid(),
    ...days,
    dueOn: column.date(),
    status: column.text(),
    summarySealed: column.text(nullable),
    submittedAt: column.instant(nullable),
    isOnTime: column.bool(nullable),
  },
});

export const conductEntities = [
  staffCheckFormEntity,
  staffCheckRoundEntity,
  staffCheckEntity,
  appraisalEntity,
  dormitoryEntity,
  dormitoryRoomEntity,
  dormitoryStayEntity,
  teamPlanEntity,
  teamPlanGoalEntity,
  teamPlanMeasureEntity,
  reportDutyEntity,
  dutyReportEntity,
];
