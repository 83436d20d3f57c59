import { z } from 'zod';

import { defineEvent } from '../define-event.ts';
import { livesOf } from '../life-of.ts';
import { deadlineEvents } from '../shared-events.ts';

const publisher = 'hr';
const lifeOf = livesOf(publisher);
const id = z.guid();
const day = z.iso.date();
const instant = z.iso.datetime();
const code = z.string().regex(/^[A-Z][A-Z0-9_]*$/);
const count = z.int().min(0);

// ---- Certificates and inductions: who may be put into a shift.

export const certificateEvents = lifeOf(
  'certificate',
  z.object({
    certificateId: id,
    staffId: id.nullable().describe("null: the company's"),
    kindCode: code,
    issuedOn: day,
    expiresOn: day.describe('last day of its validity'),
  }),
  {
    registered: 'A certificate or licence entered the register.',
    renewed: 'A certificate was kept valid to a later day.',
    revoked: 'A certificate was taken out of force.',
  },
);

export const certificateDeadlines = deadlineEvents(publisher, 'certificate');

export const inductionRecordEvents = lifeOf(
  'induction-record',
  z.object({ inductionId: id, staffId: id, completedOn: day, isPassed: z.boolean() }),
  { recorded: 'A staff member went through the induction before the first shift.' },
);

// ---- Rosters and shifts

export const shiftPatternEvents = lifeOf(
  'shift-pattern',
  z.object({ patternId: id, communityId: id, code, validFrom: day, validTo: day.nullable() }),
  { registered: 'A community added a shift.', retired: 'A shift is no longer worked from a day on.' },
);

export const dutyRosterEvents = lifeOf(
  'duty-roster',
  z.object({
    rosterId: id,
    communityId: id,
    kind: z.enum(['SERVICE_CENTRE', 'MANAGERS', 'DEPARTMENT']),
    departmentId: id.nullable(),
    startsOn: day,
    endsOn: day.describe('the first day after it'),
    shiftCount: count,
  }),
  {
    drafted: 'A roster was begun.',
    planned: 'The shifts of a draft were given out.',
    changed: 'A shift was put into a draft or taken out of it.',
    submitted: 'A roster waits for its review.',
    returned: 'A roster was given back to be mended.',
    published: 'A roster is in force: every minute of it is covered.',
    withdrawn: 'A roster is no longer in force.',
  },
);

export const dutyShiftEvents = lifeOf(
  'duty-shift',
  z.object({
    shiftId: id,
    rosterId: id,
    patternCode: code,
    staffId: id,
    startsAt: instant,
    endsAt: instant,
    isServiceCentre: z.boolean(),
    startedAt: instant.nullable(),
    endedAt: instant.nullable(),
    awayFrom: instant.nullable(),
    substituteId: id.nullable(),
  }),
  {
    reassigned: 'Another staff member works the shift.',
    started: 'The shift was taken up.',
    left: 'The staff member is away from the post for a time.',
    covered: 'Somebody stands in for the staff member.',
    resumed: 'The staff member is back at the post.',
    ended: 'The shift was left after the handover.',
    missed: 'Nobody took the shift up.',
    cancelled: 'The shift is not worked.',
  },
);

export const dutyGapEvents = lifeOf(
  'duty-gap',
  z.object({
    gapId: id,
    communityId: id,
    from: instant,
    to: instant.nullable(),
    cause: z.enum(['NOBODY_CAME', 'DESK_LEFT']),
  }),
  { opened: 'Too few are at the service centre.', closed: 'Enough are at the service centre again.' },
);

// ---- Attendance

export const attendanceRecordEvents = lifeOf(
  'attendance-record',
  z.object({
    recordId: id,
    shiftId: id,
    staffId: id,
    workedOn: day,
    outcome: z.enum(['PRESENT', 'ABSENT', 'ON_LEAVE']),
    clockedInAt: instant.nullable(),
    clockedOutAt: instant.nullable(),
    isInTimeForHandover: z.boolean().nullable(),
    lateMinutes: count,
    earlyMinutes: count,
    waitedMinutes: count.describe('after the end until the relief had taken over'),
  }),
  {
    opened: 'A staff member clocked in.',
    closed: 'A staff member clocked out, or did not come at all.',
    corrected: 'Times that were clocked wrongly were put right.',
    reviewed: 'A leader reviewed the record; pay is computed from it.',
  },
);

// ---- Handover

export const shiftHandoverEvents = lifeOf(
  'shift-handover',
  z.object({
    handoverId: id,
    outgoingShiftId: id,
    incomingShiftId: id,
    outgoingStaffId: id,
    incomingStaffId: id,
    isCleaningPassed: z.boolean().nullable(),
    openItemIds: z.array(id).describe('work orders and complaints that went over; empty before the acceptance'),
    liabilities: z.array(z.object({ toolCode: code, missingCount: count, staffId: id })),
  }),
  {
    opened: 'A shift is being handed over.',
    noted: 'Something was added in writing.',
    counted: 'Tools were counted; who answers for what is missing.',
    checked: 'The relief looked whether the place is clean.',
    accepted: 'The relief took over; the leaver may go.',
  },
);

// ---- Substitution and swap

export const shiftSubstitutionEvents = lifeOf(
  'shift-substitution',
  z.object({
    substitutionId: id,
    shiftId: id,
    absentStaffId: id,
    substituteId: id.nullable(),
    reasonCode: code,
    from: instant.nullable(),
    to: instant.nullable(),
  }),
  {
    requested: 'A staff member has to leave the post or cannot come.',
    arranged: 'Somebody stands in.',
    ended: 'No cover is needed any more.',
  },
);

export const shiftSwapEvents = lifeOf(
  'shift-swap',
  z.object({ swapId: id, shiftId: id, otherShiftId: id.nullable(), requesterId: id, colleagueId: id }),
  {
    requested: 'A staff member asks a colleague to swap.',
    agreed: 'The colleague agrees.',
    declined: 'The colleague does not agree.',
    approved: 'The supervisor consents; the shifts have changed hands.',
    rejected: 'The supervisor does not consent.',
    withdrawn: 'The swap was taken back.',
  },
);

// ---- Daily review

export const dailyDutyReviewEvents = lifeOf(
  'daily-duty-review',
  z.object({ reviewId: id, communityId: id, reviewOn: day, receivedCount: count, failedCodes: z.array(code) }),
  { opened: "The day's list is before the supervisor.", completed: 'The supervisor has looked at everything.' },
);

export const dailyDutyReviewDeadlines = deadlineEvents(publisher, 'daily-duty-review');

// ---- Leave and overtime

export const leaveRequestEvents = lifeOf(
  'leave-request',
  z.object({
    leaveId: id,
    staffId: id,
    kindCode: code,
    startsOn: day,
    endsOn: day.describe('the first day back'),
  }),
  {
    requested: 'A staff member asks for leave.',
    endorsed: 'The supervisor approves; the director decides.',
    approved: 'The leave is approved.',
    rejected: 'The leave is not approved.',
    withdrawn: 'The request was taken back.',
  },
);

export const overtimeRequestEvents = lifeOf(
  'overtime-request',
  z.object({ overtimeId: id, staffId: id, workedOn: day, from: instant, to: instant }),
  {
    requested: 'A staff member asks for overtime to be recognised.',
    approved: 'The overtime is recognised.',
    rejected: 'The overtime is not recognised.',
    withdrawn: 'The request was taken back.',
  },
);

// ---- Conduct and pay: what somebody earns stays in hr.

export const conductRecordEvents = lifeOf(
  'conduct-record',
  z.object({
    conductId: id,
    staffId: id,
    kindCode: code,
    points: count.describe('0 for a reward'),
    occurredOn: day,
    sourceId: id.nullable().describe('what of another service it was booked for'),
  }),
  { recorded: 'Penalty points or a reward were booked.', cancelled: 'An entry was taken back.' },
);

export const staffPayChanged = defineEvent({
  publisher,
  aggregate: 'staff',
  fact: 'pay-changed',
  version: 1,
  description: 'The base pay of a staff member changes from a day on; the amount stays in hr.',
  data: z.object({ staffId: id, validFrom: day }),
});

export const payrollSheetEvents = lifeOf(
  'payroll-sheet',
  z.object({
    sheetId: id,
    communityId: id,
    month: z.string().regex(/^\d{4}-\d{2}$/),
    staffCount: count,
    total: z.object({ amount: z.int().describe('minor units of the currency'), currency: z.string().length(3) }),
    linesSha256: z.string().regex(/^[0-9a-f]{64}$/),
  }),
  {
    drafted: 'The pay of a month was computed.',
    recomputed: 'It was computed anew after a correction.',
    submitted: 'It waits for the director.',
    returned: 'It was given back to be mended.',
    approved: 'It is final.',
  },
);
