/** Figures, lists and transitions of staff. */

/** Role of access as the graph spells it, and as the signed identity and recipients of notifications do. */
export const staffRoles = {
  DIRECTOR: 'director',
  DEPUTY_DIRECTOR: 'deputyDirector',
  ADMINISTRATIVE_SUPERVISOR: 'administrativeSupervisor',
  SUPERVISOR: 'supervisor',
  CLERK: 'clerk',
  CASHIER: 'cashier',
  MAINTENANCE: 'maintenance',
  GUARD: 'guard',
  ENVIRONMENT: 'environment',
  TRAINER: 'trainer',
  ANALYST: 'analyst',
  OPERATOR: 'operator',
} as const;

/** What can be done in which state; everything else is refused with STAFF_LEFT. */
export const staffActions = {
  EMPLOYED: [
    'updateStaff',
    'assignStaffPost',
    'endStaffPost',
    'changeStaffTrades',
    'startStaffDuty',
    'endStaffDuty',
    'recordStaffLeaving',
  ],
  LEFT: [],
} as const satisfies Record<string, readonly string[]>;

/** Figures of duty; a community may override them. */
export const dutyPolicy = {
  name: 'duty',
  figures: {
    /** How long ago a duty may have begun or ended when it is entered: the night is typed in the next morning. */
    backdatingHours: { value: 24, unit: 'hour', rule: 'A021' },
  },
} as const;

/** Trades (工种) that repairs are dispatched by. */
export const tradeCodes: readonly string[] = [
  'PLUMBING',
  'ELECTRICAL',
  'HEATING',
  'CARPENTRY',
  'MASONRY',
  'WATERPROOFING',
  'PAINTING',
  'LOCKS',
  'APPLIANCES',
  'LIFTS',
  'FIRE_SAFETY',
  'LOW_VOLTAGE',
  'CLEANING',
  'GREENING',
  'PEST_CONTROL',
  'GENERAL',
];

/** Positions (岗位) that a post can carry. */
export const positionCodes: readonly string[] = [
  'DIRECTOR',
  'DEPUTY_DIRECTOR',
  'ADMINISTRATIVE_SUPERVISOR',
  'DEPARTMENT_SUPERVISOR',
  'SHIFT_LEADER',
  'CUSTOMER_SERVICE_CLERK',
  'CASHIER',
  'REPAIR_WORKER',
  'GUARD',
  'CLEANER',
  'GARDENER',
  'TRAINER',
  'ANALYST',
  'OPERATOR',
];

/** Why a staff member leaves. */
export const leavingReasons = ['RESIGNED', 'DISMISSED', 'RETIRED', 'CONTRACT_ENDED', 'OTHER'] as const;

/** Rows of one import. */
export const importLimits = { rows: { value: 500, unit: 'row' } } as const;
