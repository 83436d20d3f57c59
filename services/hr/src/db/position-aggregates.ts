import {
  personnelArchiveDeadlines,
  positionDutySheetDeadlines,
  postRotationDeadlines,
  probationReviewDeadlines,
} from '@steward/events';
import { defineAggregate } from '@steward/service-kit';

import type {
  PersonnelArchive,
  PositionDutySheet,
  PositionKpiReview,
  PostHandover,
  PostRotation,
} from '../domain/position-work.ts';
import type { AuthorityGrant, Position, SpendingRequest } from '../domain/position.ts';
import type {
  GradeLadder,
  JobApplication,
  ProbationReview,
  StaffGrade,
  StaffQualification,
  Vacancy,
} from '../domain/recruitment.ts';
import * as position from './position-entities.ts';
import * as work from './position-work-entities.ts';
import * as recruitment from './recruitment-entities.ts';
import { ownStaffRows, subjectOfStaffRow } from './roster-aggregates.ts';

const ofCompany = () => ({});
const inCommunity = ({ communityId }: { communityId: string }) => ({ communityId });

export const positionAggregate = defineAggregate<Position>({
  type: 'position',
  table: 'staff_position',
  graphqlType: 'Position',
  entity: position.positionEntity,
  subject: ofCompany,
});

export const authorityGrantAggregate = defineAggregate<AuthorityGrant>({
  type: 'authority-grant',
  table: 'authority_grant',
  graphqlType: 'AuthorityGrant',
  entity: position.authorityGrantEntity,
  subject: ofCompany,
});

export const spendingRequestAggregate = defineAggregate<SpendingRequest>({
  type: 'spending-request',
  table: 'spending_request',
  graphqlType: 'SpendingRequest',
  entity: position.spendingRequestEntity,
  sealed: ['purposeSealed'],
  subject: ({ communityId, requesterId }) => ({ communityId, staffIds: [requesterId] }),
  listSubject: { staff: ({ row }, id) => `${row}.requester_id = ${id}` },
});

export const staffQualificationAggregate = defineAggregate<StaffQualification>({
  type: 'staff-qualification',
  table: 'staff_qualification',
  graphqlType: 'StaffQualification',
  entity: recruitment.staffQualificationEntity,
  sealed: ['bornOnSealed', 'bornOnMasked'],
  subject: subjectOfStaffRow,
  listSubject: ownStaffRows,
});

export const vacancyAggregate = defineAggregate<Vacancy>({
  type: 'vacancy',
  table: 'vacancy',
  graphqlType: 'Vacancy',
  entity: recruitment.vacancyEntity,
  subject: inCommunity,
});

export const jobApplicationAggregate = defineAggregate<JobApplication>({
  type: 'job-application',
  table: 'job_application',
  graphqlType: 'JobApplication',
  entity: recruitment.jobApplicationEntity,
  sealed: ['nameSealed', 'nameMasked', 'phoneSealed', 'phoneMasked', 'bornOnSealed', 'interviewNoteSealed'],
  subject: inCommunity,
});

export const probationReviewAggregate = defineAggregate<ProbationReview>({
  type: 'probation-review',
  table: 'probation_review',
  graphqlType: 'ProbationReview',
  entity: recruitment.probationReviewEntity,
  deadlines: probationReviewDeadlines,
  subject: subjectOfStaffRow,
  listSubject: ownStaffRows,
});

export const gradeLadderAggregate = defineAggregate<GradeLadder>({
  type: 'grade-ladder',
  table: 'grade_ladder',
  graphqlType: 'GradeLadder',
  entity: recruitment.gradeLadderEntity,
  subject: ofCompany,
});

export const staffGradeAggregate = defineAggregate<StaffGrade>({
  type: 'staff-grade',
  table: 'staff_grade',
  graphqlType: 'StaffGrade',
  entity: recruitment.staffGradeEntity,
  subject: subjectOfStaffRow,
  listSubject: ownStaffRows,
});

export const positionDutySheetAggregate = defineAggregate<PositionDutySheet>({
  type: 'position-duty-sheet',
  table: 'position_duty_sheet',
  graphqlType: 'PositionDutySheet',
  entity: work.positionDutySheetEntity,
  deadlines: positionDutySheetDeadlines,
  subject: subjectOfStaffRow,
  listSubject: ownStaffRows,
});

export const positionKpiReviewAggregate = defineAggregate<PositionKpiReview>({
  type: 'position-kpi-review',
  table: 'position_kpi_review',
  graphqlType: 'PositionKpiReview',
  entity: work.positionKpiReviewEntity,
  subject: inCommunity,
});

export const personnelArchiveAggregate = defineAggregate<PersonnelArchive>({
  type: 'personnel-archive',
  table: 'personnel_archive',
  graphqlType: 'PersonnelArchive',
  entity: work.personnelArchiveEntity,
  deadlines: personnelArchiveDeadlines,
  subject: subjectOfStaffRow,
  listSubject: ownStaffRows,
});

export const postRotationAggregate = defineAggregate<PostRotation>({
  type: 'post-rotation',
  table: 'post_rotation',
  graphqlType: 'PostRotation',
  entity: work.postRotationEntity,
  deadlines: postRotationDeadlines,
  subject: subjectOfStaffRow,
  listSubject: ownStaffRows,
});

export const postHandoverAggregate = defineAggregate<PostHandover>({
  type: 'post-handover',
  table: 'post_handover',
  graphqlType: 'PostHandover',
  entity: work.postHandoverEntity,
  subject: ({ communityId, staffId, successorId, witnessId }) => ({
    communityId,
    staffIds: [staffId, successorId, witnessId],
  }),
  listSubject: { staff: ({ row }, id) => `${id} in (${row}.staff_id, ${row}.successor_id, ${row}.witness_id)` },
});

export const positionAggregates = [
  positionAggregate,
  authorityGrantAggregate,
  spendingRequestAggregate,
  staffQualificationAggregate,
  vacancyAggregate,
  jobApplicationAggregate,
  probationReviewAggregate,
  gradeLadderAggregate,
  staffGradeAggregate,
  positionDutySheetAggregate,
  positionKpiReviewAggregate,
  personnelArchiveAggregate,
  postRotationAggregate,
  postHandoverAggregate,
];
