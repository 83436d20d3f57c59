import type { CounterSignKind, CounterSignRouteStatus } from './counter-sign-route.ts';
import type { Transition } from './procedure.ts';

const unit = 'department';

/** Which departments sign, in which order, and how long each has; the standard asks for routes and names none. */
export const counterSignPolicy = {
  name: 'counter-sign-routes',
  figures: {
    decoration: { value: ['MAINTENANCE', 'SECURITY', 'FINANCE'], unit, rule: 'B010' },
    temporaryStructure: { value: ['MAINTENANCE', 'SECURITY', 'ENVIRONMENT', 'FINANCE'], unit, rule: 'B010' },
    moveOut: { value: ['CUSTOMER_SERVICE', 'FINANCE', 'SECURITY'], unit, rule: 'B010' },
    mandate: { value: ['CUSTOMER_SERVICE', 'FINANCE'], unit, rule: 'B010' },
    other: { value: ['CUSTOMER_SERVICE'], unit, rule: 'B010' },
    turnWorkingDays: { value: 1, unit: 'working day', rule: 'B010', least: 1 },
    warnShare: { value: 0.8, unit: 'share of the time', rule: 'B010', most: 1 },
    directorShare: { value: 2, unit: 'share of the time', rule: 'B010', least: 1 },
  },
} as const;

/** Which figure says by which departments papers of a kind go. */
export const routeFigures = {
  DECORATION: 'decoration',
  TEMPORARY_STRUCTURE: 'temporaryStructure',
  MOVE_OUT: 'moveOut',
  MANDATE: 'mandate',
  OTHER: 'other',
} as const satisfies Record<CounterSignKind, keyof typeof counterSignPolicy.figures>;

/** The only table of transitions of a route. */
export const counterSignRouteTransitions = {
  openCounterSignRoute: {
    from: [],
    to: ['OPEN'],
    roles: ['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor', 'clerk'],
    own: [],
    rule: 'B010',
  },
  signCounterSignRoute: {
    from: ['OPEN'],
    to: ['same', 'COMPLETED'],
    roles: ['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor'],
    own: [],
    rule: 'B010',
  },
  returnCounterSignRoute: {
    from: ['OPEN'],
    to: ['RETURNED'],
    roles: ['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor'],
    own: [],
    rule: 'B010',
  },
  resubmitCounterSignRoute: {
    from: ['RETURNED'],
    to: ['OPEN'],
    roles: ['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor', 'clerk'],
    own: [],
    rule: 'B010',
  },
  cancelCounterSignRoute: {
    from: ['OPEN', 'RETURNED'],
    to: ['CANCELLED'],
    roles: ['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor', 'clerk'],
    own: [],
    rule: 'B010',
  },
} as const satisfies Record<string, Transition<CounterSignRouteStatus>>;

export const cancelRouteReasons: readonly string[] = ['WITHDRAWN', 'ENTERED_BY_MISTAKE'];

export const counterSignRouteNumberPrefix = 'HQ';
export const counterSignClock = 'COUNTER_SIGN_TURN';
