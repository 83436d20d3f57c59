/** Figures and lists of training, controlled documents, meetings and quality reviews. */

export const trainingFigures = {
  /** Sessions of daily business in a week. */
  weeklySessions: { value: 1, unit: 'session', rule: 'A241', least: 1, most: 7 },
  /** Intensive sessions in a month. */
  monthlyIntensiveSessions: { value: 1, unit: 'session', rule: 'A243', least: 1, most: 10 },
  /** Of 100; no figure in the standard. */
  passMark: { value: 80, unit: 'point', rule: 'A010', least: 1, most: 100 },
  /** After the first day of employment, until somebody is reminded of an induction; no figure in the standard. */
  inductionReminderDays: { value: 3, unit: 'day', rule: 'B004', least: 1, most: 90 },
  /** How long ago a session or a meeting may have been when it is entered; no figure in the standard. */
  backdatingHours: { value: 72, unit: 'hour', rule: 'A240', least: 1, most: 744 },
  /** Of the time that somebody has, after which they are reminded; no figure in the standard. */
  reminderPercent: { value: 70, unit: 'percent', rule: 'A241', least: 1, most: 99 },
  /** ISO, Monday is 1. */
  departmentMeetingWeekday: { value: 1, unit: 'weekday', rule: 'A240', least: 1, most: 7 },
  officeMeetingWeekday: { value: 5, unit: 'weekday', rule: 'A240', least: 1, most: 7 },
  /** The standard names no day for teams: any of the working week. */
  teamMeetingWeekday: { value: 5, unit: 'weekday', rule: 'B009', least: 1, most: 7 },
  /** After a new version; no figure in the standard. */
  documentReadingDays: { value: 7, unit: 'day', rule: 'A329', least: 1, most: 90 },
  /** After a new version that has to be explained; no figure in the standard. */
  documentTrainingDays: { value: 30, unit: 'day', rule: 'A329', least: 1, most: 180 },
  /** Between two looks at whether a document still holds; no figure in the standard. */
  documentReviewMonths: { value: 12, unit: 'month', rule: 'A329', least: 1, most: 60 },
  /** After the end of the month; no figure in the standard. */
  qualityReviewDays: { value: 5, unit: 'day', rule: 'A256', least: 1, most: 28 },
} as const;

export const trainingPolicy = { name: 'training', figures: trainingFigures };

/** What a session of a kind has to be about at least. */
export const neededTopics = {
  BUSINESS: { codes: ['DAILY_BUSINESS'], rule: 'A241' },
  INTENSIVE: { codes: ['PROPERTY_MANAGEMENT', 'SERVICE_ETIQUETTE'], rule: 'A243' },
  INDUCTION: {
    codes: ['COMPANY_RULES', 'POST_DUTIES', 'WORK_PROCESSES', 'SERVICE_ETIQUETTE', 'SAFETY'],
    rule: 'A010',
  },
} as const;

/** Everything that a session can be about. */
export const topicCodes: readonly string[] = [
  'DAILY_BUSINESS',
  'PROPERTY_MANAGEMENT',
  'SERVICE_ETIQUETTE',
  'COMPANY_RULES',
  'POST_DUTIES',
  'WORK_PROCESSES',
  'SAFETY',
  'EMERGENCY_DRILL',
  'STANDARDS',
  'LAW',
  'SYSTEM_USE',
  'OTHER',
];

/** Who sits in the meeting of the management office. */
export const officeAttendees = {
  roles: ['supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
  rule: 'A240',
} as const;

/** Who reads a document of a grade by office; others by name (`grantDocumentAccess`). */
export const clearances = {
  PUBLIC: {
    roles: [
      'clerk',
      'supervisor',
      'administrativeSupervisor',
      'deputyDirector',
      'director',
      'cashier',
      'maintenance',
      'guard',
      'environment',
      'trainer',
      'analyst',
    ],
    rule: 'A329',
  },
  INTERNAL: {
    roles: [
      'clerk',
      'supervisor',
      'administrativeSupervisor',
      'deputyDirector',
      'director',
      'cashier',
      'maintenance',
      'guard',
      'environment',
      'trainer',
      'analyst',
    ],
    rule: 'A329',
  },
  CONFIDENTIAL: { roles: ['supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'], rule: 'A329' },
  SECRET: { roles: ['administrativeSupervisor', 'deputyDirector', 'director'], rule: 'A329' },
} as const;

/** Who sees drafts and older versions, if the grade lets them see the document. */
export const documentEditors = {
  roles: ['supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
  rule: 'A329',
} as const;

export const documentKinds: readonly string[] = ['STANDARD', 'RULE', 'PROCEDURE', 'FORM', 'CONTRACT', 'RECORD'];

/** What a month is judged by; `poor` figures above zero need a remedy. */
export const qualityCodes = {
  codes: [
    'ORDERS_RECEIVED',
    'ORDERS_COMPLETED',
    'ORDERS_LATE',
    'ORDERS_REOPENED',
    'COMPLAINTS_RECEIVED',
    'COMPLAINTS_MAJOR',
    'COMPLAINTS_RESOLVED',
    'COMPLAINTS_REOPENED',
    'VISITS_SATISFIED',
    'VISITS_UNSATISFIED',
    'DEADLINES_BREACHED',
  ],
  poor: [
    'ORDERS_LATE',
    'ORDERS_REOPENED',
    'COMPLAINTS_MAJOR',
    'COMPLAINTS_REOPENED',
    'VISITS_UNSATISFIED',
    'DEADLINES_BREACHED',
  ],
  rule: 'A256',
} as const;

/** Sizes of one input; not of the standard. */
export const trainingLimits = {
  entries: { value: 40, unit: 'session' },
  followUps: { value: 50, unit: 'follow-up' },
  results: { value: 200, unit: 'result' },
} as const;

/** Of plans, sessions, quotas, documents, readings, quality reviews, meetings and follow-ups. */
export const trainingPrefixes = {
  plan: 'PX',
  session: 'PK',
  quota: 'PD',
  document: 'WJ',
  reading: 'YD',
  review: 'ZB',
  meeting: 'HY',
  followUp: 'RW',
} as const;
