import { aggregateColumns, column, defineEntity } from '@steward/db';

import type {
  GradeLadder,
  JobApplication,
  ProbationReview,
  StaffGrade,
  StaffQualification,
  Vacancy,
} from '../domain/recruitment.ts';
import { companyColumns } from './position-entities.ts';

const nullable = { nullable: true };

const qualificationColumns = {
  education: column.text(),
  fieldCode: column.text(nullable),
  experienceYears: column.int(),
  languageCodes: column.texts(),
};

export const staffQualificationEntity = defineEntity<StaffQualification>({
  name: 'StaffQualification',
  table: 'staff_qualification',
  columns: {
    ...aggregateColumns,
    ...qualificationColumns,
    staffId: column.uuid(),
    bornOnSealed: column.text(),
    bornOnMasked: column.text(),
    verifiedOn: column.date(),
  },
});

export const vacancyEntity = defineEntity<Vacancy>({
  name: 'Vacancy',
  table: 'vacancy',
  columns: {
    ...aggregateColumns,
    positionId: column.uuid(),
    positionCode: column.text(),
    departmentId: column.uuid(),
    openingCount: column.int(),
    filledCount: column.int(),
    closesOn: column.date(),
    status: column.text(),
    endedBecause: column.text(nullable),
  },
});

export const jobApplicationEntity = defineEntity<JobApplication>({
  name: 'JobApplication',
  table: 'job_application',
  columns: {
    ...aggregateColumns,
    ...qualificationColumns,
    vacancyId: column.uuid(),
    nameSealed: column.text(nullable),
    nameMasked: column.text(nullable),
    phoneSealed: column.text(nullable),
    phoneMasked: column.text(nullable),
    bornOnSealed: column.text(nullable),
    certificateKinds: column.texts(),
    interviewedOn: column.date(nullable),
    interviewerId: column.uuid(nullable),
    interviewScore: column.int(nullable),
    interviewNoteSealed: column.text(nullable),
    status: column.text(),
    endedBecause: column.text(nullable),
    staffId: column.uuid(nullable),
    decidedAt: column.instant(nullable),
  },
});

export const probationReviewEntity = defineEntity<ProbationReview>({
  name: 'ProbationReview',
  table: 'probation_review',
  columns: {
    ...aggregateColumns,
    staffId: column.uuid(),
    positionCode: column.text(),
    startsOn: column.date(),
    endsOn: column.date(),
    status: column.text(),
    lateCount: column.int(nullable),
    earlyCount: column.int(nullable),
    decidedAt: column.instant(nullable),
  },
});

export const gradeLadderEntity = defineEntity<GradeLadder>({
  name: 'GradeLadder',
  table: 'grade_ladder',
  columns: { ...companyColumns, label: column.text(nullable), rule: column.text(nullable), steps: column.json() },
});

export const staffGradeEntity = defineEntity<StaffGrade>({
  name: 'StaffGrade',
  table: 'staff_grade',
  columns: {
    ...aggregateColumns,
    staffId: column.uuid(),
    ladderId: column.uuid(),
    level: column.int(),
    heldFrom: column.date(),
    status: column.text(),
  },
});

export const recruitmentEntities = [
  staffQualificationEntity,
  vacancyEntity,
  jobApplicationEntity,
  probationReviewEntity,
  gradeLadderEntity,
  staffGradeEntity,
];
