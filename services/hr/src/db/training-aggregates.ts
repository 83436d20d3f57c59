import {
  controlledDocumentDeadlines,
  documentReadingDeadlines,
  followUpDeadlines,
  qualityReviewDeadlines,
  staffMeetingDeadlines,
  trainingQuotaDeadlines,
} from '@steward/events';
import { defineAggregate } from '@steward/service-kit';

import type { ControlledDocument, DocumentReading } from '../domain/controlled-document.ts';
import type { FollowUp, QualityReview, StaffMeeting } from '../domain/staff-meeting.ts';
import type { TrainingPlan, TrainingQuota, TrainingSession } from '../domain/training.ts';
import { ownStaffRows, subjectOfStaffRow } from './roster-aggregates.ts';
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

const inCommunity = ({ communityId }: { communityId: string }) => ({ communityId });

export const trainingPlanAggregate = defineAggregate<TrainingPlan>({
  type: 'training-plan',
  table: 'training_plan',
  graphqlType: 'TrainingPlan',
  entity: trainingPlanEntity,
  subject: inCommunity,
});

export const trainingSessionAggregate = defineAggregate<TrainingSession>({
  type: 'training-session',
  table: 'training_session',
  graphqlType: 'TrainingSession',
  entity: trainingSessionEntity,
  subject: inCommunity,
});

export const trainingQuotaAggregate = defineAggregate<TrainingQuota>({
  type: 'training-quota',
  table: 'training_quota',
  graphqlType: 'TrainingQuota',
  entity: trainingQuotaEntity,
  deadlines: trainingQuotaDeadlines,
  subject: inCommunity,
});

/** Its grade of secrecy says besides who sees it: lists and look-ups ask `document-clearance`. */
export const controlledDocumentAggregate = defineAggregate<ControlledDocument>({
  type: 'controlled-document',
  table: 'controlled_document',
  graphqlType: 'ControlledDocument',
  entity: controlledDocumentEntity,
  deadlines: controlledDocumentDeadlines,
  sealed: ['titleSealed'],
  subject: inCommunity,
  listSubject: {
    staff: ({ row, now }, id) => `exists (select 1 from controlled_document_reader g
        join community_reference c on c.id = ${row}.community_id
       where g.document_id = ${row}.id and g.staff_id = ${id}
         and g.last_on >= (${now}::timestamptz at time zone c.time_zone)::date)`,
  },
});

export const documentReadingAggregate = defineAggregate<DocumentReading>({
  type: 'document-reading',
  table: 'document_reading',
  graphqlType: 'DocumentReading',
  entity: documentReadingEntity,
  deadlines: documentReadingDeadlines,
  subject: subjectOfStaffRow,
  listSubject: ownStaffRows,
});

export const qualityReviewAggregate = defineAggregate<QualityReview>({
  type: 'quality-review',
  table: 'quality_review',
  graphqlType: 'QualityReview',
  entity: qualityReviewEntity,
  deadlines: qualityReviewDeadlines,
  sealed: ['analysisSealed', 'remediesSealed'],
  subject: inCommunity,
});

/** A meeting is its chair's to hold; theirs to see as well who were there. */
const meetingSubject = ({ communityId, chairId }: StaffMeeting) => ({
  communityId,
  staffIds: chairId === null ? [] : [chairId],
});

export const staffMeetingAggregate = defineAggregate<StaffMeeting>({
  type: 'staff-meeting',
  table: 'staff_meeting',
  graphqlType: 'StaffMeeting',
  entity: staffMeetingEntity,
  deadlines: staffMeetingDeadlines,
  sealed: ['agendaSealed', 'minutesSealed'],
  subject: meetingSubject,
  listSubject: {
    staff: ({ row }, id) => `(${row}.chair_id = ${id} or exists (select 1 from staff_meeting_attendance a
      where a.meeting_id = ${row}.id and a.staff_id = ${id} and a.answer = 'PRESENT'))`,
  },
});

export const followUpAggregate = defineAggregate<FollowUp>({
  type: 'follow-up',
  table: 'follow_up',
  graphqlType: 'FollowUp',
  entity: followUpEntity,
  deadlines: followUpDeadlines,
  sealed: ['descriptionSealed', 'resultSealed'],
  subject: subjectOfStaffRow,
  listSubject: ownStaffRows,
});

export const trainingAggregates = [
  trainingPlanAggregate,
  trainingSessionAggregate,
  trainingQuotaAggregate,
  controlledDocumentAggregate,
  documentReadingAggregate,
  qualityReviewAggregate,
  staffMeetingAggregate,
  followUpAggregate,
];
