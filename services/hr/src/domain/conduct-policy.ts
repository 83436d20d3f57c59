/** Checks of staff, appraisal, dormitories, team plans and reports: figures a community may override, and lists. */

export const conductFigures = {
  /** After the last day of a round of checks until the last is written up: night sheets are typed in the next morning. */
  roundGraceHours: { value: 12, unit: 'hour', rule: 'A308' },
  /** From a finding until it is rectified; no figure in the standard. */
  rectificationHours: { value: 24, unit: 'hour', rule: 'B005', least: 1 },
  /** Assistants drawn each week for a regular spot check; no figure in the standard. */
  spotChecksPerWeek: { value: 2, unit: 'person', rule: 'B052', most: 100 },
  /** Every so many months staff are appraised. */
  appraisalMonths: { value: 1, unit: 'month', rule: 'A009', least: 1, most: 12 },
  /** After the period until it is scored; no figure in the standard. */
  ratingDays: { value: 10, unit: 'day', rule: 'A009', least: 1, most: 60 },
  /** To appeal against a score; afterwards it holds. */
  appealDays: { value: 5, unit: 'day', rule: 'A009', least: 1, most: 60 },
  /** To decide an appeal. */
  appealDecisionDays: { value: 7, unit: 'day', rule: 'A009', least: 1, most: 60 },
  /** After the last day of employment until the bed is cleared. */
  moveOutDays: { value: 3, unit: 'day', rule: 'B007', most: 60 },
  /** After the end of a plan until it is evaluated. */
  evaluationDays: { value: 7, unit: 'day', rule: 'B008', least: 1, most: 60 },
} as const;

export const conductPolicy = { name: 'conduct', figures: conductFigures };

/** What an appraisal is reckoned by; the weights of one appraisal are those in force when it was opened. */
export const appraisalFigures = {
  attendanceWeight: { value: 20, unit: 'weight', rule: 'A009', most: 100 },
  serviceWeight: { value: 30, unit: 'weight', rule: 'A009', most: 100 },
  skillWeight: { value: 20, unit: 'weight', rule: 'A009', most: 100 },
  disciplineWeight: { value: 20, unit: 'weight', rule: 'A009', most: 100 },
  teamworkWeight: { value: 10, unit: 'weight', rule: 'A009', most: 100 },
  /** Of 100, from which on it is. */
  excellentFrom: { value: 90, unit: 'point', rule: 'A009', most: 100 },
  goodFrom: { value: 80, unit: 'point', rule: 'A009', most: 100 },
  passedFrom: { value: 60, unit: 'point', rule: 'A009', most: 100 },
  /** What an excellent appraisal is rewarded with; 0: nothing. */
  excellentReward: { value: 20000, unit: 'minor unit', rule: 'A009' },
} as const;

export const appraisalPolicy = { name: 'appraisal', figures: appraisalFigures };

export type AppraisalValues = { [K in keyof typeof appraisalFigures]: number };

/** Criteria with the figure that weighs them. */
export const appraisalCriteria = {
  ATTENDANCE: 'attendanceWeight',
  SERVICE: 'serviceWeight',
  SKILL: 'skillWeight',
  DISCIPLINE: 'disciplineWeight',
  TEAMWORK: 'teamworkWeight',
} as const satisfies Record<string, keyof AppraisalValues>;

/** Whoever is appraised; directors are by the company. */
export const appraised = {
  roles: ['supervisor', 'clerk', 'cashier', 'maintenance', 'guard', 'environment', 'trainer', 'analyst'],
  rule: 'A009',
} as const;

/** What every community looks at; forms of its own add to it. */
export const staffCheckLists = {
  GROOMING: {
    codes: [
      'UNIFORM',
      'BADGE_LEFT_CHEST',
      'SECOND_SHIRT_BUTTON',
      'HAIR_NEAT',
      'HAIR_UNDYED',
      'NAILS',
      'SHOES',
      'ORNAMENTS',
    ],
    rule: 'A045',
  },
  SPOT_CHECK: { codes: ['WORK_LOG', 'FORMS', 'FILES', 'FOLLOW_UP', 'ON_SITE'], rule: 'B052' },
  DORMITORY: { codes: ['HYGIENE', 'BEDS', 'WIRING', 'OPEN_FIRE', 'VISITORS', 'FURNITURE'], rule: 'B007' },
} as const;

/** Whose work is spot-checked each week. */
export const spotChecked = { roles: ['clerk'], rule: 'B052' } as const;

/** With whom a rectification is agreed: the head of the department, or who stands above all of them. */
export const departmentHeads = { roles: ['supervisor'], rule: 'B005' } as const;
export const headsOfAll = { roles: ['administrativeSupervisor', 'deputyDirector', 'director'], rule: 'B005' } as const;

/** The fault that is booked when grooming is not rectified (B041). */
export const groomingFault = 'GROOMING';

/** What is in order when somebody moves out. */
export const moveOutChecks = { codes: ['KEY_RETURNED', 'BED_CLEARED', 'ROOM_CLEAN'], rule: 'B007' } as const;

/** For a goal that was missed, one of each at least. */
export const measuresOfMissedGoal = { kinds: ['CORRECTIVE', 'PREVENTIVE'], rule: 'B008' } as const;

/** Sizes. */
export const conductLimits = {
  entries: { value: 50, unit: 'point of a form' },
  beds: { value: 20, unit: 'bed' },
  goals: { value: 50, unit: 'goal' },
  samples: { value: 50, unit: 'record' },
  photos: { value: 20, unit: 'picture of a check' },
  passed: { value: 200, unit: 'check' },
} as const;

/** By which day after the end of its period a report can be due at the latest. */
export const reportDueDays = { WEEKLY: 7, MONTHLY: 28, QUARTERLY: 60 } as const;

/** Of forms, rounds, checks, appraisals, dormitories, rooms, stays, plans, duties to report and reports. */
export const conductPrefixes = {
  form: 'CB',
  round: 'XC',
  check: 'CJ',
  appraisal: 'KH',
  dormitory: 'SS',
  room: 'FJ',
  stay: 'ZS',
  plan: 'BJ',
  duty: 'BZ',
  report: 'BG',
} as const;
