import type { ControlledDocument, DocumentReading } from './controlled-document.ts';
import type { FollowUp, QualityReview, StaffMeeting } from './staff-meeting.ts';
import type { TrainingPlan, TrainingQuota, TrainingSession } from './training.ts';

/** What events say about training, documents and meetings: ids, codes, days and counts, no title and no text. */

export const planFact = ({ id, departmentId, month, entries }: TrainingPlan) => ({
  planId: id,
  departmentId,
  month,
  sessionCount: entries.length,
});

export const sessionFact = (session: TrainingSession) => ({
  sessionId: session.id,
  planId: session.planId,
  departmentId: session.departmentId,
  teamId: session.teamId,
  documentId: session.documentId,
  kind: session.kind,
  topicCodes: session.topicCodes,
  startsAt: session.startsAt.toISOString(),
  endsAt: session.endsAt.toISOString(),
  presentCount: session.presentCount,
});

export const quotaFact = (quota: TrainingQuota) => ({
  quotaId: quota.id,
  departmentId: quota.departmentId,
  period: quota.period,
  kind: quota.kind,
  startsOn: quota.startsOn,
  endsOn: quota.endsOn,
  neededCount: quota.neededCount,
  heldCount: quota.heldCount,
});

export const documentFact =
  (bodySha256: string) =>
  ({ id, kindCode, secrecy, latestVersion, versionInForce }: ControlledDocument) => ({
    documentId: id,
    kindCode,
    secrecy,
    versionNumber: latestVersion,
    versionInForce,
    bodySha256,
  });

export const readingFact = ({ id, documentId, versionNumber, staffId, dueOn }: DocumentReading) => ({
  readingId: id,
  documentId,
  versionNumber,
  staffId,
  dueOn,
});

export const reviewFact = ({ id, month, figures }: QualityReview) => ({ reviewId: id, month, figures });

export const meetingFact = ({ id, kind, departmentId, teamId, meetingOn, heldAt }: StaffMeeting) => ({
  meetingId: id,
  kind,
  departmentId,
  teamId,
  meetingOn,
  heldAt: heldAt?.toISOString() ?? null,
});

export const followUpFact = ({ id, meetingId, reviewId, staffId, dueOn }: FollowUp) => ({
  followUpId: id,
  meetingId,
  reviewId,
  staffId,
  dueOn,
});
