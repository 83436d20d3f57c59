/** Ranks, lists and figures of positions, recruitment, rotation and archives. */

/** The zone in which the days of the company as a whole are reckoned. */
export const companyZone = 'Asia/Shanghai';

/** The lowest first; authority over staff ends below one of them (A002, A330). */
export const positionRanks = [
  'STAFF',
  'SHIFT_LEADER',
  'DEPUTY_SUPERVISOR',
  'SUPERVISOR',
  'DEPARTMENT_MANAGER',
  'DEPUTY_DIRECTOR',
  'DIRECTOR',
  'GENERAL_MANAGER',
] as const;

/** Ranks of the built-in positions, for a company whose catalogue does not have them. */
export const builtInRanks: Readonly<Record<string, (typeof positionRanks)[number]>> = {
  DIRECTOR: 'DIRECTOR',
  DEPUTY_DIRECTOR: 'DEPUTY_DIRECTOR',
  ADMINISTRATIVE_SUPERVISOR: 'SUPERVISOR',
  DEPARTMENT_SUPERVISOR: 'SUPERVISOR',
  SHIFT_LEADER: 'SHIFT_LEADER',
};

/** The lowest first. */
export const educationLevels = ['JUNIOR_HIGH', 'HIGH_SCHOOL', 'COLLEGE', 'BACHELOR', 'MASTER'] as const;

/** Trades in which experience is gained. */
export const experienceFields: readonly string[] = [
  'PROPERTY_MANAGEMENT',
  'ACCOUNTING',
  'ENGINEERING',
  'ADMINISTRATION',
  'SALES',
  'RETAIL',
];

export const spokenLanguages: readonly string[] = ['MANDARIN', 'CANTONESE', 'ENGLISH'];

/** Figures of positions and of who holds them; a community may override them. */
export const positionFigures = {
  /** After so many months in a rotating position the next one is due. */
  rotationMonths: { value: 6, unit: 'month', rule: 'A202', least: 1, most: 36 },
  /** How long before that day somebody may go on already; no figure in the standard. */
  rotationWindowDays: { value: 30, unit: 'day', rule: 'A202', most: 366 },
  /** Of 100 points of an interview; no figure in the standard. */
  interviewPassScore: { value: 60, unit: 'point', rule: 'A317', most: 100 },
  /** Who was employed longer ago than this when entered is taken over, not hired: the matrix does not judge it. */
  hireWindowDays: { value: 30, unit: 'day', rule: 'A002' },
  /** After the decision, what is kept of a candidate is erased; no figure in the standard. */
  candidateRetentionDays: { value: 180, unit: 'day', rule: 'A317', least: 1 },
  /** Before the end of a probation its assessor is reminded; no figure in the standard. */
  probationReminderDays: { value: 7, unit: 'day', rule: 'A318', most: 60 },
  /** Times late or gone early that a probation allows. */
  probationLateMost: { value: 0, unit: 'time', rule: 'A318' },
  /** For which a folder is lent at most; no figure in the standard. */
  archiveLoanDays: { value: 7, unit: 'day', rule: 'A012', least: 1, most: 366 },
  /** In which a new folder is to be complete; no figure in the standard. */
  archiveCompleteDays: { value: 30, unit: 'day', rule: 'A012', least: 1, most: 366 },
  /** Of the month by which the results of the month before are counted; no figure in the standard. */
  kpiDueDay: { value: 5, unit: 'day of the month', rule: 'B049', least: 1, most: 28 },
  /** For which an authority is lent at most; no figure in the standard. */
  delegationDays: { value: 90, unit: 'day', rule: 'A330', least: 1, most: 366 },
} as const;

export const positionPolicy = { name: 'position', figures: positionFigures };

/** Months of a probation in all (Labour Contract Law of the PRC, article 19). */
export const probationLimit = { months: { value: 6, unit: 'month', rule: 'A318' } } as const;

/** The six points of a probation; the first is counted from the attendance records (A318). */
export const probationChecks = {
  computed: ['NEVER_LATE_OR_EARLY'],
  judged: ['PRODUCT_KNOWLEDGE', 'DOCUMENTS_ALONE', 'RULES_KNOWN', 'SERVICE_SKILLS', 'TEAMWORK'],
  rule: 'A318',
} as const;

/** What is handed over with a post that needs it (A330). */
export const postHandoverChecks = {
  items: ['BOOKS', 'VOUCHERS', 'SEALS', 'CASH_AND_ACCOUNTS', 'KEYS', 'OPEN_MATTERS'],
  rule: 'A330',
} as const;

/** What has to be in a folder by its kind (A012). */
export const archivePapers = {
  ADMINISTRATION: { papers: ['REGISTER', 'ORIGINALS'], rule: 'A012' },
  PERSONNEL: {
    papers: ['APPLICATION_FORM', 'ID_COPY', 'EDUCATION_CERTIFICATE', 'HEALTH_CERTIFICATE', 'LABOUR_CONTRACT'],
    rule: 'A012',
  },
  LABOUR: { papers: ['LABOUR_CONTRACT', 'SOCIAL_INSURANCE', 'PAY_AGREEMENT'], rule: 'A012' },
} as const;

/** Of one person each: these have to name whose they are (A012). */
export const archivesOfStaff = { kinds: ['PERSONNEL', 'LABOUR'], rule: 'A012' } as const;

/** Of grants, requests to pay, qualifications, vacancies, applications, probations, grades, lists, results, folders, turns, handovers. */
export const positionPrefixes = {
  grant: 'SQ',
  spending: 'FK',
  qualification: 'ZL',
  vacancy: 'ZP',
  application: 'YP',
  probation: 'SY',
  grade: 'DJ',
  dutySheet: 'GW',
  kpi: 'JX',
  archive: 'DA',
  rotation: 'LG',
  handover: 'GJ',
} as const;
