import { staffRoles } from './staff-policy.ts';
import type {
  PersonnelArchive,
  PositionDutySheet,
  PositionKpiReview,
  PostHandover,
  PostRotation,
} from './position-work.ts';
import type { AuthorityGrant, Position, SpendingRequest } from './position.ts';
import type {
  GradeLadder,
  JobApplication,
  ProbationReview,
  StaffGrade,
  StaffQualification,
  Vacancy,
} from './recruitment.ts';

/** What events say about positions and who holds them: ids, codes, days and figures, never a person or a purpose. */

export const positionFact = (
  { id, number, rank, role, plannedCount, isHandoverRequired }: Position,
  planned: { communityId: string; plannedCount: number } | null = null,
) => ({
  positionId: id,
  code: number,
  rank,
  role: staffRoles[role],
  communityId: planned?.communityId ?? null,
  plannedCount: planned?.plannedCount ?? plannedCount,
  isHandoverRequired,
});

export const grantFact = (grant: AuthorityGrant) => ({
  grantId: grant.id,
  action: grant.action,
  role: grant.role,
  delegateId: grant.delegateId,
  communityId: grant.scopeId,
  belowRank: grant.belowRank,
  limitAmount: grant.limitAmount,
  validFrom: grant.validFrom,
  validTo: grant.validTo,
});

export const spendingFact = ({ id, kind, requesterId, amount, currency }: SpendingRequest) => ({
  requestId: id,
  kind,
  requesterId,
  amount: { amount, currency },
});

export const qualificationFact = ({ id, staffId }: StaffQualification) => ({ qualificationId: id, staffId });

export const vacancyFact = ({ id, communityId, positionCode, openingCount, filledCount }: Vacancy) => ({
  vacancyId: id,
  communityId,
  positionCode,
  openingCount,
  filledCount,
});

export const applicationFact = ({ id, vacancyId, staffId }: JobApplication) => ({
  applicationId: id,
  vacancyId,
  staffId,
});

export const probationFact = ({ id, staffId, positionCode, startsOn, endsOn }: ProbationReview) => ({
  reviewId: id,
  staffId,
  positionCode,
  startsOn,
  endsOn,
});

export const ladderFact = ({ id, number, steps }: GradeLadder) => ({
  ladderId: id,
  code: number,
  stepCount: steps.length,
});

export const gradeFact = ({ id, staffId, ladderId, level, heldFrom }: StaffGrade) => ({
  gradeId: id,
  staffId,
  ladderId,
  level,
  heldFrom,
});

export const dutySheetFact = (sheet: PositionDutySheet, failedCodes: string[] = []) => ({
  sheetId: sheet.id,
  staffId: sheet.staffId,
  positionCode: sheet.positionCode,
  cycle: sheet.cycle,
  startsOn: sheet.startsOn,
  endsOn: sheet.endsOn,
  failedCodes,
});

export const kpiFact = ({ id, communityId, positionCode, month, results, isMet }: PositionKpiReview) => ({
  reviewId: id,
  communityId,
  positionCode,
  month,
  isMet,
  missedCodes: results.filter((result) => !result.isMet).map(({ code }) => code),
});

export const rotationFact = (rotation: PostRotation) => ({
  rotationId: rotation.id,
  staffId: rotation.staffId,
  positionCode: rotation.positionCode,
  startedOn: rotation.startedOn,
  dueOn: rotation.dueOn,
  nextPositionCode: rotation.nextPositionCode,
});

export const postHandoverFact = (handover: PostHandover) => ({
  handoverId: handover.id,
  staffId: handover.staffId,
  successorId: handover.successorId,
  witnessId: handover.witnessId,
  postId: handover.postId,
  positionCode: handover.positionCode,
});

export const archiveFact = ({ id, kind, staffId, borrowerId, dueOn, missingCodes }: PersonnelArchive) => ({
  archiveId: id,
  kind,
  staffId,
  borrowerId,
  dueOn,
  missingCodes,
});
