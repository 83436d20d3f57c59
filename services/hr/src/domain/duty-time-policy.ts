/** The seasonal time-table of the service centre, its cover and its shifts; figures a community may override from a day on. */

/** Times of day in the community's zone. The summer range holds both its days (settled reading 4). */
export const timetableFigures = {
  summerFirstDay: {
    value: '05-01',
    unit: 'month and day',
    rule: 'A020',
    pattern: '(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])',
  },
  summerLastDay: {
    value: '09-30',
    unit: 'month and day',
    rule: 'A020',
    pattern: '(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])',
  },
  noonStart: { value: '12:00', unit: 'time of day', rule: 'A020', pattern: '([01]\\d|2[0-3]):[0-5]\\d' },
  noonEnd: { value: '13:30', unit: 'time of day', rule: 'A020', pattern: '([01]\\d|2[0-3]):[0-5]\\d' },
  noonEndInSummer: { value: '14:00', unit: 'time of day', rule: 'A020', pattern: '([01]\\d|2[0-3]):[0-5]\\d' },
  nightStart: { value: '17:30', unit: 'time of day', rule: 'A021', pattern: '([01]\\d|2[0-3]):[0-5]\\d' },
  nightStartInSummer: { value: '18:00', unit: 'time of day', rule: 'A021', pattern: '([01]\\d|2[0-3]):[0-5]\\d' },
  nightEnd: { value: '08:30', unit: 'time of day', rule: 'A021', pattern: '([01]\\d|2[0-3]):[0-5]\\d' },
} as const;

export const timetablePolicy = { name: 'timetable', figures: timetableFigures };

/** Figures of rosters, handovers and attendance. */
export const rosterFigures = {
  /** At the service centre, at every minute. */
  leastOnDuty: { value: 1, unit: 'person', rule: 'A025', least: 1, most: 50 },
  /** Before the beginning of a shift that is handed over. */
  handoverLeadMinutes: { value: 15, unit: 'minute', rule: 'A027' },
  /** Before the beginning nobody clocks in earlier; no figure in the standard. */
  earliestClockInMinutes: { value: 60, unit: 'minute', rule: 'A027' },
  /** After a night before the next shift; no figure in the standard. */
  restAfterNightHours: { value: 12, unit: 'hour', rule: 'A021' },
  /** Before a certificate expires its holder is reminded; no figure in the standard. */
  certificateReminderDays: { value: 30, unit: 'day', rule: 'A332' },
  /** Of the day by which a supervisor has looked at what yesterday left and given out today's work. */
  dailyReviewHours: { value: 12, unit: 'hour', rule: 'A236', least: 1, most: 24 },
} as const;

export const rosterPolicy = { name: 'roster', figures: rosterFigures };

type Values<F> = { [K in keyof F]: F[K] extends { value: number } ? number : string };

export type TimetableValues = Values<typeof timetableFigures>;
export type RosterValues = Values<typeof rosterFigures>;

/**
 * The shifts that every community has. Roles as in the signed identity; `trades`: fit for at least one of them. Morning
 * and afternoon fill the day between the night and the noon (A019).
 */
export const builtInPatterns = {
  MORNING: { roles: ['clerk'], trades: [], isServiceCentre: true, isNight: false, rule: 'A019' },
  NOON: { roles: ['clerk'], trades: [], isServiceCentre: true, isNight: false, rule: 'A020' },
  AFTERNOON: { roles: ['clerk'], trades: [], isServiceCentre: true, isNight: false, rule: 'A019' },
  NIGHT: {
    roles: ['maintenance'],
    trades: ['PLUMBING', 'ELECTRICAL'],
    isServiceCentre: true,
    isNight: true,
    rule: 'A021',
  },
  MANAGER_DAY: {
    roles: ['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor'],
    trades: [],
    isServiceCentre: false,
    isNight: false,
    rule: 'A253',
  },
} as const;

/** Who stands in at the service centre at night when the worker has to leave (A025). */
export const nightSubstitutes = { roles: ['guard'], rule: 'A025' } as const;

/** What somebody needs before the first shift (B038). */
export const assignmentNeeds = { certificateKinds: ['HEALTH'], isInductionNeeded: true, rule: 'B038' } as const;

/** What a certificate can certify (A332). */
export const certificateKinds: readonly string[] = [
  'HEALTH',
  'ELECTRICIAN',
  'LIFT',
  'FIRE_SAFETY',
  'COMPANY_LICENCE',
  'SEAL',
  'OTHER',
];

/** Days of one roster. */
export const rosterLimits = { days: { value: 100, unit: 'day' } } as const;

/** Of certificates, inductions, rosters, shifts and gaps. */
export const dutyNumberPrefixes = {
  certificate: 'ZZ',
  induction: 'GQ',
  roster: 'PB',
  shift: 'BC',
  gap: 'TG',
} as const;
