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
} from './conduct.ts';

/** What events say about conduct: ids, codes and days; no score, no grade, no word of a finding. */

export const checkFormFact = ({ id, communityId, kind, entries }: StaffCheckForm) => ({
  formId: id,
  communityId,
  kind,
  codes: entries.map(({ code }) => code),
});

export const checkRoundFact = ({ id, communityId, kind, startsOn, endsOn, plannedCount }: StaffCheckRound) => ({
  roundId: id,
  communityId,
  kind,
  startsOn,
  endsOn,
  plannedCount,
});

export const checkFact = (check: StaffCheck, failedCodes: string[] = []) => ({
  checkId: check.id,
  communityId: check.communityId,
  kind: check.kind,
  roundId: check.roundId,
  staffId: check.staffId,
  roomId: check.roomId,
  checkedAt: check.checkedAt?.toISOString() ?? null,
  failedCodes,
  agreedWithId: check.agreedWithId,
});

export const appraisalFact = ({ id, staffId, startsOn, endsOn }: Appraisal) => ({
  appraisalId: id,
  staffId,
  startsOn,
  endsOn,
});

export const dormitoryFact = ({ id, communityId }: Dormitory) => ({ dormitoryId: id, communityId });

export const roomFact = ({ id, dormitoryId, communityId, bedCount }: DormitoryRoom) => ({
  roomId: id,
  dormitoryId,
  communityId,
  bedCount,
});

export const stayFact = ({ id, roomId, staffId, startsOn, endsOn }: DormitoryStay) => ({
  stayId: id,
  roomId,
  staffId,
  startsOn,
  endsOn,
});

type PlanParts = {
  goals: readonly Pick<TeamPlanGoal, 'isAchieved'>[];
  measures: readonly Pick<TeamPlanMeasure, 'completedAt'>[];
};

export const planFact = ({ id, teamId, startsOn, endsOn }: TeamPlan, { goals, measures }: PlanParts) => ({
  planId: id,
  teamId,
  startsOn,
  endsOn,
  goalCount: goals.length,
  achievedCount: goals.filter(({ isAchieved }) => isAchieved === true).length,
  openMeasureCount: measures.filter(({ completedAt }) => completedAt === null).length,
});

export const reportDutyFact = ({ id, communityId, staffId, frequency, dueDay }: ReportDuty) => ({
  dutyId: id,
  communityId,
  staffId,
  frequency,
  dueDay,
});

export const reportFact = ({ id, dutyId, staffId, startsOn, endsOn, dueOn, isOnTime }: DutyReport) => ({
  reportId: id,
  dutyId,
  staffId,
  startsOn,
  endsOn,
  dueOn,
  isOnTime,
});
