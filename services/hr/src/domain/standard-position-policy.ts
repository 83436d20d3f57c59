/**
 * Positions of the service standard, which a company adopts into its catalogue. Duties and targets are told by their
 * codes in the language of the reader.
 */

export const standardPositions = {
  CUSTOMER_SERVICE_SUPERVISOR: {
    place: { rank: 'SUPERVISOR', role: 'SUPERVISOR', rotationGroup: null },
    // Both languages: the standard names them side by side.
    needs: {
      minAge: null,
      education: 'COLLEGE',
      fieldCode: 'PROPERTY_MANAGEMENT',
      minExperienceYears: 3,
      languageCodes: ['MANDARIN', 'CANTONESE'],
      weeklyWorkDays: 6,
      rule: 'B053',
    },
    headcount: { plannedCount: 1, rule: 'A203' },
    duties: {
      daily: ['REPAIR_REGISTER_CHECKED', 'UNIFORMS_CHECKED', 'POSTS_CHECKED'],
      weekly: ['DEPARTMENT_MEETING', 'STAFF_TRAINED'],
      monthly: ['REPORTS_SUBMITTED', 'RESULTS_COUNTED'],
      rule: 'A301',
    },
    partners: {
      internal: ['HEADQUARTERS', 'PROJECT', 'SECURITY', 'ENGINEERING', 'ENVIRONMENT'],
      external: ['POWER', 'WATER', 'GAS', 'CABLE_TV', 'RESIDENTS_COMMITTEE'],
      rule: 'B054',
    },
    kpis: {
      codes: [
        'RULES_COMPLETE',
        'STORES_COMPLETE',
        'ARCHIVES_INTACT',
        'COORDINATION_DONE',
        'INSPECTIONS_DONE',
        'OTHER_WORK_DONE',
      ],
      targetPercent: 100,
      rule: 'B049',
    },
    giving: { probationMonths: 3, isHandoverRequired: false, rule: 'A318' },
    rule: 'B053',
  },
  CUSTOMER_SPECIALIST: {
    place: { rank: 'STAFF', role: 'CLERK', rotationGroup: null },
    headcount: { plannedCount: 1, rule: 'A203' },
    duties: {
      daily: ['REQUESTS_FOLLOWED', 'RETURN_VISITS_MADE'],
      weekly: ['OPEN_MATTERS_REPORTED'],
      monthly: ['VISITS_SUMMED_UP'],
      rule: 'A301',
    },
    giving: { probationMonths: 3, isHandoverRequired: false, rule: 'A318' },
    rule: 'A203',
  },
  CUSTOMER_SERVICE_CLERK: {
    place: { rank: 'STAFF', role: 'CLERK', rotationGroup: 'SERVICE_DESK' },
    duties: {
      daily: ['DESK_OPENED', 'CALLS_LOGGED', 'REQUESTS_FOLLOWED'],
      weekly: ['FORMS_STOCKED'],
      monthly: ['CONTACTS_CHECKED'],
      rule: 'A301',
    },
    rule: 'A301',
  },
  ANNOUNCER: {
    place: { rank: 'STAFF', role: 'CLERK', rotationGroup: 'SERVICE_DESK' },
    duties: {
      daily: ['EQUIPMENT_TESTED', 'BROADCASTS_ON_TIME', 'BROADCASTS_LOGGED'],
      weekly: ['SCRIPTS_RENEWED'],
      monthly: ['EQUIPMENT_CLEANED'],
      rule: 'A301',
    },
    rule: 'A301',
  },
  BAG_KEEPER: {
    place: { rank: 'STAFF', role: 'CLERK', rotationGroup: 'SERVICE_DESK' },
    duties: {
      daily: ['LOCKERS_CLEARED', 'TAGS_COUNTED', 'UNCLAIMED_LISTED'],
      weekly: ['LOCKERS_CLEANED'],
      monthly: ['TAGS_REPLACED'],
      rule: 'A301',
    },
    rule: 'A301',
  },
  SALES_TRAINEE: {
    place: { rank: 'STAFF', role: 'CLERK', rotationGroup: null },
    needs: {
      minAge: 23,
      education: 'HIGH_SCHOOL',
      fieldCode: 'SALES',
      // "Experience", without a figure.
      minExperienceYears: 1,
      languageCodes: [],
      weeklyWorkDays: null,
      rule: 'A317',
    },
    giving: { probationMonths: 3, isHandoverRequired: false, rule: 'A318' },
    rule: 'A317',
  },
  ACCOUNTANT: {
    place: { rank: 'STAFF', role: 'CASHIER', rotationGroup: null },
    giving: { probationMonths: 3, isHandoverRequired: true, rule: 'A330' },
    rule: 'A330',
  },
} as const;

/** The seven levels of sales; the text names five, the company's own names go into a ladder of its own (A316). */
export const salesLadder = [
  { code: 'TRAINEE', minMonths: 0, minScorePercent: 0, maxPenaltyPoints: 0, rule: 'A316' },
  { code: 'JUNIOR', minMonths: 3, minScorePercent: 80, maxPenaltyPoints: 10, rule: 'A316' },
  { code: 'REGULAR', minMonths: 6, minScorePercent: 100, maxPenaltyPoints: 10, rule: 'A316' },
  { code: 'SENIOR', minMonths: 6, minScorePercent: 100, maxPenaltyPoints: 8, rule: 'A316' },
  { code: 'EXPERT', minMonths: 12, minScorePercent: 110, maxPenaltyPoints: 8, rule: 'A316' },
  { code: 'SUPERVISOR', minMonths: 12, minScorePercent: 110, maxPenaltyPoints: 5, rule: 'A316' },
  { code: 'MANAGER', minMonths: 12, minScorePercent: 120, maxPenaltyPoints: 3, rule: 'A316' },
] as const;

export const standardLadders = { SALES: salesLadder } as const;
