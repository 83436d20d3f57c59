import type { CustodyStatus } from './custody.ts';
import type { Transition } from './procedure.ts';

/** Figures of the custody of empty flats; what the standard does not say is the platform's default. */
export const custodyPolicy = {
  name: 'custody',
  figures: {
    waterCapM3: { value: 5, unit: 'm3', rule: 'A061' },
    electricityCapKwh: { value: 20, unit: 'kWh', rule: 'A061' },
    managementFeeShare: { value: 0.7, unit: 'share of the full fee', rule: 'A061', most: 1 },
    patrolHours: { value: 168, unit: 'hour', rule: 'A062', least: 1 },
    patrolWarnShare: { value: 0.8, unit: 'share of the time', rule: 'A062', most: 1 },
    /** From the end of the rain. */
    afterRainHours: { value: 24, unit: 'hour', rule: 'A062', least: 1 },
    backdatingHours: { value: 24, unit: 'hour', rule: 'A062' },
  },
} as const;

/** The only table of transitions of a custody. */
export const custodyTransitions = {
  registerCustody: {
    from: [],
    to: ['REQUESTED'],
    roles: ['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor', 'clerk'],
    own: [],
    rule: 'A061',
  },
  signCustodyAgreement: {
    from: ['REQUESTED'],
    to: ['same'],
    roles: ['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor', 'clerk'],
    own: ['resident'],
    rule: 'A061',
  },
  recordCustodyReading: {
    from: ['REQUESTED', 'ACTIVE'],
    to: ['same'],
    roles: ['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor', 'clerk', 'maintenance', 'guard'],
    own: [],
    rule: 'A061',
  },
  startCustody: {
    from: ['REQUESTED'],
    to: ['ACTIVE'],
    roles: ['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor', 'clerk'],
    own: [],
    rule: 'A061',
  },
  recordCustodyPatrol: {
    from: ['ACTIVE'],
    to: ['same'],
    roles: ['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor', 'clerk', 'maintenance', 'guard'],
    own: [],
    rule: 'A062',
  },
  endCustody: {
    from: ['ACTIVE'],
    to: ['ENDED'],
    roles: ['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor', 'clerk'],
    own: [],
    rule: 'A061',
  },
  cancelCustody: {
    from: ['REQUESTED'],
    to: ['CANCELLED'],
    roles: ['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor', 'clerk'],
    own: ['resident'],
    rule: 'A061',
  },
} as const satisfies Record<string, Transition<CustodyStatus>>;

/** What a patrol can find. */
export const custodyFindingCodes: readonly string[] = [
  'WATER_LEAK',
  'GAS_SMELL',
  'WINDOW_OPEN',
  'DOOR_OPEN',
  'FACADE_DAMAGE',
  'BALCONY_BLOCKED',
  'SIGNS_OF_ENTRY',
  'OTHER',
];

/** Readable numbers begin with this. */
export const custodyNumberPrefix = 'TG';

/** Timers: the next week of a custody, and the end of a rain that a warning told of. */
export const custodyWeekTimer = 'custody-week';
export const rainOverTimer = 'custody-rain-over';

/** Who walks, who is warned with them, and who hears of what was not done. */
export const custodyPatrolStaff = {
  patrols: { role: 'guard', departmentCode: 'SECURITY' },
  supervises: { role: 'supervisor', departmentCode: 'SECURITY' },
  directs: { role: 'deputyDirector' },
} as const;
