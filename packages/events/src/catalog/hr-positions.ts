import { z } from 'zod';

import { livesOf } from '../life-of.ts';
import { deadlineEvents } from '../shared-events.ts';

const publisher = 'hr';
const lifeOf = livesOf(publisher);
const id = z.guid();
const day = z.iso.date();
const code = z.string().regex(/^[A-Z][A-Z0-9_]*$/);
const count = z.int().min(0);
const role = z.string();

// ---- The catalogue of positions

export const positionEvents = lifeOf(
  'position',
  z.object({
    positionId: id,
    code,
    rank: code,
    role,
    communityId: id.nullable().describe('null: where nothing else is planned'),
    plannedCount: count,
    isHandoverRequired: z.boolean(),
  }),
  {
    registered: 'A position is in the catalogue of the company.',
    revised: 'The terms of a position have changed.',
    retired: 'A position is not given to anybody any more.',
    planned: 'Its headcount was planned for a community.',
  },
);

// ---- Authority: the owning services enforce what is theirs.

export const authorityGrantEvents = lifeOf(
  'authority-grant',
  z.object({
    grantId: id,
    action: code,
    role: role.nullable().describe('null: lent to one member of staff'),
    delegateId: id.nullable(),
    communityId: id.nullable().describe('null: in every community'),
    belowRank: code.nullable().describe('over positions below it; null: over all'),
    limitAmount: count.nullable().describe('minor units; null: without a limit'),
    validFrom: day,
    validTo: day.nullable(),
  }),
  {
    granted: 'The company gave a role an authority, in the place of what the standard gives it.',
    delegated: 'Who holds an authority lent it to somebody for some days.',
    revoked: 'A grant or a delegation does not hold any more.',
  },
);

export const spendingRequestEvents = lifeOf(
  'spending-request',
  z.object({
    requestId: id,
    kind: z.enum(['PAYMENT', 'CLAIM']),
    requesterId: id,
    amount: z.object({ amount: count, currency: z.string().length(3) }),
  }),
  {
    requested: 'Money is asked for.',
    approved: 'It may be paid out.',
    rejected: 'It is not paid.',
    withdrawn: 'It was taken back.',
  },
);

// ---- Recruitment

export const staffQualificationEvents = lifeOf('staff-qualification', z.object({ qualificationId: id, staffId: id }), {
  recorded: 'What a staff member can show was entered.',
  revised: 'It was entered anew.',
});

export const vacancyEvents = lifeOf(
  'vacancy',
  z.object({ vacancyId: id, communityId: id, positionCode: code, openingCount: count, filledCount: count }),
  {
    opened: 'A position is to be filled.',
    taken: 'One of its openings is filled.',
    filled: 'All of its openings are filled.',
    closed: 'It is not to be filled any more.',
  },
);

export const jobApplicationEvents = lifeOf(
  'job-application',
  z.object({ applicationId: id, vacancyId: id, staffId: id.nullable() }),
  {
    received: 'Somebody applied.',
    interviewed: 'An interview took place.',
    hired: 'The candidate became a member of staff.',
    rejected: 'The candidate was not hired.',
    withdrawn: 'The candidate withdrew.',
    erased: 'What was kept of the candidate was erased.',
  },
);

export const probationReviewEvents = lifeOf(
  'probation-review',
  z.object({ reviewId: id, staffId: id, positionCode: code, startsOn: day, endsOn: day }),
  {
    opened: 'A probation begins.',
    extended: 'A probation was prolonged.',
    passed: 'A probation was passed.',
    failed: 'A probation was not passed.',
  },
);

export const probationReviewDeadlines = deadlineEvents(publisher, 'probation-review');

// ---- Grades

export const gradeLadderEvents = lifeOf('grade-ladder', z.object({ ladderId: id, code, stepCount: count }), {
  registered: 'A ladder of grades is in force.',
});

export const staffGradeEvents = lifeOf(
  'staff-grade',
  z.object({ gradeId: id, staffId: id, ladderId: id, level: count, heldFrom: day }),
  { placed: 'A staff member was put on a ladder.', promoted: 'A staff member has reached the next grade.' },
);

// ---- Work by position

export const positionDutySheetEvents = lifeOf(
  'position-duty-sheet',
  z.object({
    sheetId: id,
    staffId: id,
    positionCode: code,
    cycle: z.enum(['DAILY', 'WEEKLY', 'MONTHLY']),
    startsOn: day,
    endsOn: day,
    failedCodes: z.array(code),
  }),
  {
    opened: 'The duties of a day, a week or a month are before somebody.',
    completed: 'Every duty has a result.',
    cancelled: 'The post was given up.',
  },
);

export const positionDutySheetDeadlines = deadlineEvents(publisher, 'position-duty-sheet');

export const positionKpiReviewEvents = lifeOf(
  'position-kpi-review',
  z.object({
    reviewId: id,
    communityId: id,
    positionCode: code,
    month: z.string().regex(/^\d{4}-\d{2}$/),
    isMet: z.boolean(),
    missedCodes: z.array(code),
  }),
  { recorded: 'What a position reached in a month was counted.', corrected: 'It was counted again.' },
);

export const postRotationEvents = lifeOf(
  'post-rotation',
  z.object({
    rotationId: id,
    staffId: id,
    positionCode: code,
    startedOn: day,
    dueOn: day,
    nextPositionCode: code.nullable(),
  }),
  {
    opened: 'A turn in a rotating position begins.',
    confirmed: 'It was looked at which processes are mastered.',
    rotated: 'The staff member went on to another position.',
    cancelled: 'The post was given up.',
  },
);

export const postRotationDeadlines = deadlineEvents(publisher, 'post-rotation');

export const postHandoverEvents = lifeOf(
  'post-handover',
  z.object({ handoverId: id, staffId: id, successorId: id, witnessId: id, postId: id, positionCode: code }),
  { opened: 'A post is being handed over.', accepted: 'The successor has accepted everything.' },
);

// ---- Archives

export const personnelArchiveEvents = lifeOf(
  'personnel-archive',
  z.object({
    archiveId: id,
    kind: z.enum(['ADMINISTRATION', 'PERSONNEL', 'LABOUR']),
    staffId: id.nullable(),
    borrowerId: id.nullable(),
    dueOn: day.nullable(),
    missingCodes: z.array(code),
  }),
  {
    opened: 'A folder is in central custody.',
    filed: 'Papers were put into it.',
    lent: 'It was lent.',
    returned: 'It is back.',
    transferred: 'It was handed on for good.',
  },
);

export const personnelArchiveDeadlines = deadlineEvents(publisher, 'personnel-archive');
