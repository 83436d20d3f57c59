import { z } from 'zod';

import { livesOf } from '../life-of.ts';
import { deadlineEvents } from '../shared-events.ts';

const publisher = 'hr';
const lifeOf = livesOf(publisher);
const id = z.guid();
const day = z.iso.date();
const instant = z.iso.datetime();
const code = z.string().regex(/^[A-Z][A-Z0-9_]*$/);
const count = z.int().min(0);
const checkKind = z.enum(['GROOMING', 'SPOT_CHECK', 'DORMITORY']);

// ---- Checks of staff and dormitories

export const staffCheckFormEvents = lifeOf(
  'staff-check-form',
  z.object({ formId: id, communityId: id, kind: checkKind, codes: z.array(code) }),
  { registered: 'A community added points to a kind of check.', retired: 'The points are no longer looked at.' },
);

export const staffCheckRoundEvents = lifeOf(
  'staff-check-round',
  z.object({
    roundId: id,
    communityId: id,
    kind: checkKind,
    startsOn: day,
    endsOn: day.describe('the first day after it'),
    plannedCount: count,
  }),
  { opened: 'Regular checks are to be made.', completed: 'Every check of the round is made or was called off.' },
);

export const staffCheckRoundDeadlines = deadlineEvents(publisher, 'staff-check-round');

export const staffCheckEvents = lifeOf(
  'staff-check',
  z.object({
    checkId: id,
    communityId: id,
    kind: checkKind,
    roundId: id.nullable().describe('null: an irregular check'),
    staffId: id.nullable().describe('null: of a room'),
    roomId: id.nullable(),
    checkedAt: instant.nullable(),
    failedCodes: z.array(code),
    agreedWithId: id.nullable().describe('the head with whom the rectification was agreed'),
  }),
  {
    planned: 'Somebody or a room is to be checked.',
    skipped: 'The check was called off.',
    passed: 'Nothing was found.',
    found: 'Something was found; the head of the department is told.',
    agreed: 'The rectification was agreed with the head of the department.',
    rectified: 'Looked at again, all was well.',
    failed: 'Looked at again, something was not rectified.',
  },
);

export const staffCheckDeadlines = deadlineEvents(publisher, 'staff-check');

// ---- Appraisal: scores and grades stay in hr.

export const appraisalEvents = lifeOf(
  'appraisal',
  z.object({ appraisalId: id, staffId: id, startsOn: day, endsOn: day.describe('the first day after the period') }),
  {
    opened: 'The work of a period is to be appraised.',
    'self-assessed': 'The staff member said how they see it.',
    rated: 'The supervisor has scored it.',
    acknowledged: 'The result holds: acknowledged, or not appealed against in time.',
    appealed: 'The staff member does not agree.',
    decided: 'The appeal was decided; the result holds.',
    cancelled: 'The appraisal was called off.',
  },
);

export const appraisalDeadlines = deadlineEvents(publisher, 'appraisal');

// ---- Dormitories

export const dormitoryEvents = lifeOf('dormitory', z.object({ dormitoryId: id, communityId: id }), {
  registered: 'A dormitory is run.',
  closed: 'A dormitory is no longer run.',
});

export const dormitoryRoomEvents = lifeOf(
  'dormitory-room',
  z.object({ roomId: id, dormitoryId: id, communityId: id, bedCount: count }),
  { registered: 'A room can be lived in.', retired: 'A room is no longer lived in.' },
);

export const dormitoryStayEvents = lifeOf(
  'dormitory-stay',
  z.object({ stayId: id, roomId: id, staffId: id, startsOn: day, endsOn: day.nullable() }),
  {
    started: 'A staff member moved in.',
    ended: 'A staff member moved out, or into another bed.',
    'move-out-asked': 'The staff member leaves the company and has to clear the bed.',
  },
);

export const dormitoryStayDeadlines = deadlineEvents(publisher, 'dormitory-stay');

// ---- Plans of teams

export const teamPlanEvents = lifeOf(
  'team-plan',
  z.object({
    planId: id,
    teamId: id,
    startsOn: day,
    endsOn: day.describe('the first day after it'),
    goalCount: count,
    achievedCount: count,
    openMeasureCount: count,
  }),
  {
    drafted: 'A plan was set.',
    started: 'A plan is carried out.',
    progressed: 'A goal was judged.',
    evaluated: 'The plan was evaluated; measures were set for what was missed.',
    mended: 'A corrective or preventive measure was carried out.',
    closed: 'All measures are carried out.',
    withdrawn: 'The plan was taken back.',
  },
);

export const teamPlanDeadlines = deadlineEvents(publisher, 'team-plan');

// ---- Reports

export const reportDutyEvents = lifeOf(
  'report-duty',
  z.object({
    dutyId: id,
    communityId: id,
    staffId: id,
    frequency: z.enum(['WEEKLY', 'MONTHLY', 'QUARTERLY']),
    dueDay: count,
  }),
  {
    registered: 'Somebody reports regularly.',
    reassigned: 'Somebody else reports from now on.',
    retired: 'The report is no longer asked for.',
  },
);

export const dutyReportEvents = lifeOf(
  'duty-report',
  z.object({
    reportId: id,
    dutyId: id,
    staffId: id,
    startsOn: day,
    endsOn: day.describe('the first day after the period'),
    dueOn: day,
    isOnTime: z.boolean().nullable().describe('of the first submission; null before it'),
  }),
  {
    opened: 'The report of a period is to be handed in.',
    submitted: 'The report was handed in.',
    returned: 'The report was given back to be mended.',
    accepted: 'The report was reviewed and accepted.',
    reassigned: 'Somebody else hands the report in.',
    dropped: 'The report is no longer asked for.',
  },
);

export const dutyReportDeadlines = deadlineEvents(publisher, 'duty-report');
