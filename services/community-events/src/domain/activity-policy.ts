/** Plans, preparation and archive of activities (A105-A107). */
export const activityFigures = {
  /** No figure in the standard: a plan is put forward so long before the activity. */
  planLeadDays: { value: 3, unit: 'day', rule: 'A105' },
  /** Up to this budget the administrative supervisor approves, beyond it the director. */
  supervisorBudgetAmount: { value: 500000, unit: 'minor unit', rule: 'A105', most: 100000000 },
  /** Everything stands so long before the beginning. */
  setUpLeadHours: { value: 2, unit: 'hour', rule: 'A106' },
  /** Departments that set the place up together with customer service. */
  setUpDepartments: { value: ['MAINTENANCE', 'SECURITY', 'ENVIRONMENT'], unit: 'department', rule: 'A106' },
  /** Those who have registered are reminded. */
  reminderHours: { value: 24, unit: 'hour', rule: 'A105' },
  /** Of one registration. */
  mostParticipants: { value: 5, unit: 'person', rule: 'A105', least: 1 },
  /** After the end, until the archive is complete. */
  archiveDays: { value: 7, unit: 'day', rule: 'A107' },
  /** What the archive has to hold. */
  archiveRecords: { value: ['NOTE', 'PHOTO', 'VIDEO'], unit: 'kind of record', rule: 'A107' },
  warnShare: { value: 0.8, unit: 'share of the time', rule: 'A106' },
  directorShare: { value: 2, unit: 'share of the time', rule: 'A106' },
} as const;

/** What hr's authority matrix calls the decision about a plan; a grant takes the place of `supervisorBudgetAmount`. */
export const planAct = { action: 'APPROVE_ACTIVITY', rule: 'A105' } as const;

export const activityPolicy = { name: 'activities', figures: activityFigures };

export type ActivityValues = {
  [K in keyof typeof activityFigures]: (typeof activityFigures)[K] extends { value: number }
    ? number
    : readonly string[];
};

/** The ten fields of a plan (A105): theme, programme, cost, venue, time, audience, number, agenda, departments, prizes. */
export const planFields = [
  'theme',
  'programme',
  'budget',
  'venueId',
  'startsAt',
  'audience',
  'capacity',
  'agenda',
  'departmentCodes',
  'prizes',
] as const;

/** What a merchant has to have done before the activity is approved (B018). */
export const merchantProcedures = [
  { code: 'AGREEMENT_SIGNED', rule: 'B018' },
  { code: 'PERMIT_GRANTED', rule: 'B018' },
  { code: 'SAFETY_PLAN_GIVEN', rule: 'B018' },
  { code: 'SITE_FEE_AGREED', rule: 'B018' },
] as const;

/** What is looked at on the site of a merchant's activity (B018). */
export const siteControls = [
  { code: 'ORDER_KEPT', rule: 'B018' },
  { code: 'POWER_SAFE', rule: 'B018' },
  { code: 'FIRE_EXITS_FREE', rule: 'B018' },
  { code: 'NOISE_WITHIN_LIMITS', rule: 'B018' },
  { code: 'SITE_CLEAN', rule: 'B018' },
] as const;

export const procedureChecklist = 'MERCHANT_PROCEDURES';
export const siteChecklist = 'SITE_CONTROL';

/** Seven service lines of the centre (A049), each with the department in charge and where the graph takes it. */
export const serviceLines = [
  { code: 'ENQUIRY', departmentCode: 'CUSTOMER_SERVICE', operation: 'registerComplaint', rule: 'A049' },
  { code: 'MOVE_IN', departmentCode: 'CUSTOMER_SERVICE', operation: 'openMoveIn', rule: 'A049' },
  { code: 'REPAIR', departmentCode: 'CUSTOMER_SERVICE', operation: 'registerWorkOrder', rule: 'A049' },
  { code: 'FEES', departmentCode: 'FINANCE', operation: 'recordPayment', rule: 'A049' },
  { code: 'DECORATION', departmentCode: 'CUSTOMER_SERVICE', operation: 'registerDecoration', rule: 'A049' },
  { code: 'RETURN_VISIT', departmentCode: 'CUSTOMER_SERVICE', operation: 'recordWorkOrderReturnVisit', rule: 'A049' },
  { code: 'COMMUNITY_CULTURE', departmentCode: 'CUSTOMER_SERVICE', operation: 'planActivity', rule: 'A049' },
] as const;

export const venueKinds = ['NOTICE_BOARD', 'SQUARE', 'CLUB', 'ACTIVITY_CENTRE', 'COURT', 'GYM', 'LIBRARY'] as const;

export const cancelReasons = ['WEATHER', 'TOO_FEW_PARTICIPANTS', 'VENUE_LOST', 'ORGANISER_WITHDREW', 'SAFETY'] as const;

/** Of activities (活动), registrations (报名), venues (场地) and bookings (场地预订). */
export const numberPrefixes = { activity: 'HD', registration: 'BM', venue: 'CD', booking: 'YD' } as const;

export const customerServiceDepartment = 'CUSTOMER_SERVICE';
