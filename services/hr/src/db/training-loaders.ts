import { byId, listBy, loader, type Context } from '@steward/service-kit';
import { rows } from '@steward/db';

import type { ControlledDocumentVersion } from '../domain/controlled-document.ts';
import type { StaffMeetingAttendance } from '../domain/staff-meeting.ts';
import type { TrainingAttendance } from '../domain/training.ts';
import { readersOfDocuments, versionsOfDocuments, type DocumentReader } from './document-queries.ts';
import { attendanceOfMeetings, followUpsOfMeetings, followUpsOfReviews } from './meeting-queries.ts';
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
import { attendanceOfSessions } from './training-queries.ts';

type Below = { id: string; parentId: string };

/** Loaders of training, controlled documents, meetings and quality reviews. */
export const trainingLoaders = (ctx: Context) => ({
  trainingPlan: byId(ctx, trainingPlanEntity),
  trainingSession: byId(ctx, trainingSessionEntity),
  trainingQuota: byId(ctx, trainingQuotaEntity),
  controlledDocument: byId(ctx, controlledDocumentEntity),
  documentReading: byId(ctx, documentReadingEntity),
  qualityReview: byId(ctx, qualityReviewEntity),
  staffMeeting: byId(ctx, staffMeetingEntity),
  followUp: byId(ctx, followUpEntity),
  trainingAttendance: listBy<TrainingAttendance>(ctx, attendanceOfSessions, ({ sessionId }) => sessionId),
  meetingAttendance: listBy<StaffMeetingAttendance>(ctx, attendanceOfMeetings, ({ meetingId }) => meetingId),
  documentVersions: listBy<ControlledDocumentVersion>(ctx, versionsOfDocuments, ({ documentId }) => documentId),
  documentReaders: loader<string, DocumentReader[]>(ctx, async (tx, ids) => {
    const found = await rows<DocumentReader>(tx, readersOfDocuments, [ids, ctx.now]);
    return ids.map((id) => found.filter(({ documentId }) => documentId === id));
  }),
  followUpsOfMeeting: listBy<Below>(ctx, followUpsOfMeetings, ({ parentId }) => parentId),
  followUpsOfReview: listBy<Below>(ctx, followUpsOfReviews, ({ parentId }) => parentId),
});
