import { z } from 'zod';

import { livesOf } from '../life-of.ts';
import { deadlineEvents } from '../shared-events.ts';

const publisher = 'hr';
const id = z.guid();
const day = z.iso.date();
const instant = z.iso.datetime();
const code = z.string().regex(/^[A-Z][A-Z0-9_]*$/);
const month = z.string().regex(/^\d{4}-\d{2}$/);
const count = z.int().min(0);

const lifeOf = livesOf(publisher);

// ---- Training

export const trainingPlanEvents = lifeOf(
  'training-plan',
  z.object({ planId: id, departmentId: id, month, sessionCount: count }),
  {
    drafted: "A department's training of a month was begun to be planned.",
    changed: 'The sessions of a draft were set.',
    submitted: 'A plan waits for the director.',
    returned: 'A plan was given back to be mended.',
    approved: 'The director approved the plan; its sessions are planned.',
    withdrawn: 'A plan is no longer pursued.',
  },
);

const trainingKind = z.enum(['BUSINESS', 'INTENSIVE', 'INDUCTION', 'STANDARD', 'OTHER']);

export const trainingSessionEvents = lifeOf(
  'training-session',
  z.object({
    sessionId: id,
    planId: id.nullable(),
    departmentId: id,
    teamId: id.nullable(),
    documentId: id.nullable(),
    kind: trainingKind,
    topicCodes: z.array(code),
    startsAt: instant,
    endsAt: instant,
    presentCount: count,
  }),
  {
    planned: 'A session of training was fixed.',
    rescheduled: 'A session was put to another time.',
    held: 'A session took place; who was there is on record.',
    tested: 'Attendees of a session were tested.',
    cancelled: 'A session does not take place.',
  },
);

export const trainingQuotaEvents = lifeOf(
  'training-quota',
  z.object({
    quotaId: id,
    departmentId: id,
    period: z.enum(['WEEK', 'MONTH']),
    kind: trainingKind,
    startsOn: day,
    endsOn: day.describe('the first day after it'),
    neededCount: count,
    heldCount: count,
  }),
  {
    opened: 'A week or month began in which a department owes its staff training.',
    planned: "The department's plan of the month was approved.",
    counted: 'A session was counted.',
    met: 'The department held what it owed.',
    short: 'The time ended with less training than owed.',
  },
);

export const trainingQuotaDeadlines = deadlineEvents(publisher, 'training-quota');

// ---- Controlled documents: neither a title nor a word of a text leaves hr.

const secrecy = z.enum(['PUBLIC', 'INTERNAL', 'CONFIDENTIAL', 'SECRET']);

export const controlledDocumentEvents = lifeOf(
  'controlled-document',
  z.object({
    documentId: id,
    kindCode: code,
    secrecy,
    versionNumber: z.int().min(1).describe('of the newest version'),
    versionInForce: z.int().min(1).nullable(),
    bodySha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .describe('of the newest version'),
  }),
  {
    drafted: 'A document was begun.',
    amended: 'A draft was changed.',
    revised: 'A new version of a document was begun.',
    submitted: 'A draft waits for the director.',
    returned: 'A draft was given back to be mended.',
    published: 'A version is in force under the approved grade of secrecy.',
    confirmed: 'Somebody looked and the document still holds.',
    entrusted: 'Staff who are not cleared by office may read the document.',
    transferred: "The paper went to the company's archive under the approved grade.",
    explained: 'A session of training explained the version in force.',
    withdrawn: 'A document is no longer in force.',
  },
);

export const controlledDocumentDeadlines = deadlineEvents(publisher, 'controlled-document');

export const documentReadingEvents = lifeOf(
  'document-reading',
  z.object({ readingId: id, documentId: id, versionNumber: z.int().min(1), staffId: id, dueOn: day }),
  {
    assigned: 'A staff member has to read a version.',
    opened: 'The staff member opened the text.',
    acknowledged: 'The staff member has read and understood it.',
    cancelled: 'It need not be read any more.',
  },
);

export const documentReadingDeadlines = deadlineEvents(publisher, 'document-reading');

// ---- Quality reviews, meetings and follow-ups

export const qualityReviewEvents = lifeOf(
  'quality-review',
  z.object({ reviewId: id, month, figures: z.array(z.object({ code, count })) }),
  {
    opened: 'The quality figures of a month are there to be analysed.',
    submitted: 'Analysis and remedies wait for the director.',
    returned: 'They were given back to be mended.',
    approved: 'The director approved the remedies; somebody has each of them to do.',
    closed: 'Every remedy is done.',
  },
);

export const qualityReviewDeadlines = deadlineEvents(publisher, 'quality-review');

export const staffMeetingEvents = lifeOf(
  'staff-meeting',
  z.object({
    meetingId: id,
    kind: z.enum(['DEPARTMENT', 'OFFICE', 'TEAM', 'OTHER']),
    departmentId: id.nullable(),
    teamId: id.nullable(),
    meetingOn: day,
    heldAt: instant.nullable(),
  }),
  {
    planned: 'A meeting is due.',
    prepared: 'The agenda was set.',
    held: 'The meeting took place; minutes and attendance are on record.',
    cancelled: 'The meeting does not take place.',
  },
);

export const staffMeetingDeadlines = deadlineEvents(publisher, 'staff-meeting');

export const followUpEvents = lifeOf(
  'follow-up',
  z.object({ followUpId: id, meetingId: id.nullable(), reviewId: id.nullable(), staffId: id, dueOn: day }),
  {
    assigned: 'Somebody undertook something by a day.',
    completed: 'It is done.',
    reopened: 'It has to be done again.',
    'handed-over': 'Somebody else undertakes it.',
    cancelled: 'It need not be done any more.',
  },
);

export const followUpDeadlines = deadlineEvents(publisher, 'follow-up');
