/** Lists of attendance, handovers and daily reviews. */

/** What is done before somebody leaves a shift that is handed over (A047). */
export const closeOut = {
  items: ['LOG_WRITTEN', 'FILES_PUT_AWAY', 'EQUIPMENT_OFF', 'DESK_TIDIED'],
  rule: 'A047',
} as const;

/** Why something may be left to the next shift; what the shift could do itself may not (A026). */
export const leftOverReasons = {
  codes: ['NOT_URGENT_AT_NIGHT', 'PARTS_MISSING', 'WAITS_FOR_OTHERS', 'BEGUN_AT_END'],
  rule: 'A026',
} as const;

/** Why somebody leaves the post or cannot come (A222). */
export const substitutionReasons = {
  codes: ['EMERGENCY_REPAIR', 'ERRAND', 'ILLNESS', 'LEAVE', 'OTHER'],
  rule: 'A222',
} as const;

/** With this reason a worker on the night may call the guard without the leader (A025). */
export const emergencyReason = { codes: ['EMERGENCY_REPAIR'], rule: 'A025' } as const;

/** What a supervisor looks at each day besides the posts (A236). */
export const dailyChecks = { codes: ['REPAIR_REGISTER', 'WORK_LOG', 'WORK_ASSIGNED'], rule: 'A236' } as const;

/** Every post of the day before (A239). */
export const postChecks = { prefix: 'POST_', rule: 'A239' } as const;

/** Roles whose handover has a record of their patrol (A315). */
export const patrolRecords = { roles: ['guard'], rule: 'A315' } as const;

/** Sizes of bulk work. */
export const attendanceLimits = { review: { value: 200, unit: 'record' } } as const;

/** Of attendance, handovers, substitutions, swaps and daily reviews. */
export const attendancePrefixes = {
  attendance: 'KQ',
  handover: 'JJ',
  substitution: 'DZ',
  swap: 'TB',
  review: 'RJ',
} as const;
