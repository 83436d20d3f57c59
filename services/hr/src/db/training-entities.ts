import { aggregateColumns, column, defineEntity } from '@steward/db';

import type { ControlledDocument, ControlledDocumentVersion, DocumentReading } from '../domain/controlled-document.ts';
import type { FollowUp, QualityReview, StaffMeeting } from '../domain/staff-meeting.ts';
import type { TrainingPlan, TrainingQuota, TrainingSession } from '../domain/training.ts';

const nullable = { nullable: true };

export const trainingPlanEntity = defineEntity<TrainingPlan>({
  name: 'TrainingPlan',
  table: 'training_plan',
  columns: {
    ...aggregateColumns,
    departmentId: column.uuid(),
    month: column.text(),
    entries: column.json(),
    status: column.text(),
    submittedBy: column.text(nullable),
    approvedAt: column.instant(nullable),
  },
});

export const trainingSessionEntity = defineEntity<TrainingSession>({
  name: 'TrainingSession',
  table: 'training_session',
  columns: {
    ...aggregateColumns,
    planId: column.uuid(nullable),
    departmentId: column.uuid(),
    teamId: column.uuid(nullable),
    documentId: column.uuid(nullable),
    kind: column.text(),
    topic: column.text(),
    topicCodes: column.texts(),
    trainerId: column.uuid(),
    startsAt: column.instant(),
    endsAt: column.instant(),
    startsOn: column.date(),
    status: column.text(),
    passMark: column.int(nullable),
    presentCount: column.int(),
  },
});

export const trainingQuotaEntity = defineEntity<TrainingQuota>({
  name: 'TrainingQuota',
  table: 'training_quota',
  columns: {
    ...aggregateColumns,
    departmentId: column.uuid(),
    period: column.text(),
    kind: column.text(),
    startsOn: column.date(),
    endsOn: column.date(),
    neededCount: column.int(),
    heldCount: column.int(),
    status: column.text(),
  },
});

export const controlledDocumentEntity = defineEntity<ControlledDocument>({
  name: 'ControlledDocument',
  table: 'controlled_document',
  columns: {
    ...aggregateColumns,
    titleSealed: column.text(),
    kindCode: column.text(),
    secrecy: column.text(),
    audienceRoles: column.texts(),
    isTrainingNeeded: column.bool(),
    status: column.text(),
    latestVersion: column.int(),
    versionInForce: column.int(nullable),
    submittedBy: column.text(nullable),
    reviewOn: column.date(nullable),
    archiveNumber: column.text(nullable),
    archivedVersion: column.int(nullable),
    archivedAt: column.instant(nullable),
  },
});

export const controlledDocumentVersionEntity = defineEntity<ControlledDocumentVersion>({
  name: 'ControlledDocumentVersion',
  table: 'controlled_document_version',
  columns: {
    id: column.id(),
    tenantId: column.uuid(),
    documentId: column.uuid(),
    versionNumber: column.int(),
    bodySealed: column.text(),
    bodySha256: column.text(),
    secrecy: column.text(),
    changeNoteSealed: column.text(nullable),
    effectiveOn: column.date(nullable),
    publishedAt: column.instant(nullable),
  },
});

export const documentReadingEntity = defineEntity<DocumentReading>({
  name: 'DocumentReading',
  table: 'document_reading',
  columns: {
    ...aggregateColumns,
    documentId: column.uuid(),
    versionNumber: column.int(),
    staffId: column.uuid(),
    dueOn: column.date(),
    status: column.text(),
    openedAt: column.instant(nullable),
    acknowledgedAt: column.instant(nullable),
  },
});

export const qualityReviewEntity = defineEntity<QualityReview>({
  name: 'QualityReview',
  table: 'quality_review',
  columns: {
    ...aggregateColumns,
    month: column.text(),
    figures: column.json(),
    status: column.text(),
    analysisSealed: column.text(nullable),
    remediesSealed: column.text(nullable),
    submittedBy: column.text(nullable),
    approvedAt: column.instant(nullable),
    closedAt: column.instant(nullable),
  },
});

export const staffMeetingEntity = defineEntity<StaffMeeting>({
  name: 'StaffMeeting',
  table: 'staff_meeting',
  columns: {
    ...aggregateColumns,
    kind: column.text(),
    departmentId: column.uuid(nullable),
    teamId: column.uuid(nullable),
    chairId: column.uuid(nullable),
    meetingOn: column.date(),
    isRegular: column.bool(),
    status: column.text(),
    agendaSealed: column.text(nullable),
    minutesSealed: column.text(nullable),
    heldAt: column.instant(nullable),
  },
});

export const followUpEntity = defineEntity<FollowUp>({
  name: 'FollowUp',
  table: 'follow_up',
  columns: {
    ...aggregateColumns,
    meetingId: column.uuid(nullable),
    reviewId: column.uuid(nullable),
    staffId: column.uuid(),
    descriptionSealed: column.text(),
    dueOn: column.date(),
    status: column.text(),
    resultSealed: column.text(nullable),
    completedAt: column.instant(nullable),
  },
});

export const trainingEntities = [
  trainingPlanEntity,
  trainingSessionEntity,
  trainingQuotaEntity,
  controlledDocumentEntity,
  controlledDocumentVersionEntity,
  documentReadingEntity,
  qualityReviewEntity,
  staffMeetingEntity,
  followUpEntity,
];
