import type { Tx } from '@steward/db';
import type { Order } from '@steward/service-kit';

import type {
  ControlledDocumentFilter,
  DocumentReadingFilter,
  FollowUpFilter,
  QualityReviewFilter,
  StaffMeetingFilter,
  TrainingPlanFilter,
  TrainingQuotaFilter,
  TrainingSessionFilter,
} from '../graphql/generated.ts';
import { dutyQuery } from './duty-list-queries.ts';
import {
  controlledDocumentEntity,
  documentReadingEntity,
  followUpEntity,
  qualityReviewEntity,
  staffMeetingEntity,
  trainingPlanEntity,
  trainingQuotaEntity,
  trainingSessionEntity,
} from './training-entities.ts';

export const dueOrders: Record<'DUE_ON' | 'CREATED_AT_DESC', Order> = {
  DUE_ON: { property: 'dueOn', direction: 'ASC' },
  CREATED_AT_DESC: { property: 'createdAt', direction: 'DESC' },
};

export const meetingOrders: Record<'MEETING_ON' | 'MEETING_ON_DESC', Order> = {
  MEETING_ON: { property: 'meetingOn', direction: 'ASC' },
  MEETING_ON_DESC: { property: 'meetingOn', direction: 'DESC' },
};

const ofDepartment = { departmentId: 'department_id', status: 'status' };

export const plansQuery = (tx: Tx, filter: TrainingPlanFilter) =>
  dutyQuery(tx, trainingPlanEntity, filter, { ...ofDepartment, month: 'month' });

export const sessionsQuery = (tx: Tx, filter: TrainingSessionFilter) =>
  dutyQuery(tx, trainingSessionEntity, filter, {
    ...ofDepartment,
    kind: 'kind',
    planId: 'plan_id',
    documentId: 'document_id',
    staffId: 'exists (select 1 from training_attendance a where a.session_id = r.id and a.staff_id = :staffId)',
    from: 'r.starts_on >= :from',
    to: 'r.starts_on < :to',
  });

export const quotasQuery = (tx: Tx, filter: TrainingQuotaFilter) =>
  dutyQuery(tx, trainingQuotaEntity, filter, {
    ...ofDepartment,
    period: 'period',
    on: 'r.starts_on <= :on and r.ends_on > :on',
  });

/** What the viewer may read by office and drafts as far as they edit them, or by name. */
export type DocumentViewer = { grades: readonly string[]; isEditor: boolean; staffId: string | null };

export function documentsQuery(tx: Tx, filter: ControlledDocumentFilter, viewer: DocumentViewer, now: Date) {
  const query = dutyQuery(tx, controlledDocumentEntity, filter, {
    kindCode: 'kind_code',
    secrecy: 'secrecy',
    status: 'status',
    number: 'number',
    reviewBefore: 'r.review_on < :reviewBefore',
  });
  const byName = `exists (select 1 from controlled_document_reader g
      join community_reference c on c.id = r.community_id
     where g.document_id = r.id and g.staff_id = :readerId
       and g.last_on >= (:readAt::timestamptz at time zone c.time_zone)::date)`;
  return query
    .andWhere(`(r.secrecy = any(:grades) and (r.version_in_force is not null or :isEditor) or ${byName})`)
    .setParameters({
      grades: viewer.grades,
      isEditor: viewer.isEditor,
      readerId: viewer.staffId,
      readAt: now,
    });
}

export const readingsQuery = (tx: Tx, filter: DocumentReadingFilter) =>
  dutyQuery(tx, documentReadingEntity, filter, {
    staffId: 'staff_id',
    documentId: 'document_id',
    status: 'status',
    dueBefore: 'r.due_on < :dueBefore',
  });

export const reviewsQuery = (tx: Tx, filter: QualityReviewFilter) =>
  dutyQuery(tx, qualityReviewEntity, filter, { status: 'status', month: 'month' });

export const meetingsQuery = (tx: Tx, filter: StaffMeetingFilter) =>
  dutyQuery(tx, staffMeetingEntity, filter, {
    ...ofDepartment,
    kind: 'kind',
    teamId: 'team_id',
    from: 'r.meeting_on >= :from',
    to: 'r.meeting_on < :to',
  });

export const followUpsQuery = (tx: Tx, filter: FollowUpFilter) =>
  dutyQuery(tx, followUpEntity, filter, {
    staffId: 'staff_id',
    meetingId: 'meeting_id',
    reviewId: 'review_id',
    status: 'status',
    dueBefore: 'r.due_on < :dueBefore',
  });
