import type { Transition } from './procedure.ts';

export type MoveOutStatus = 'OPEN' | 'CLOSED' | 'CANCELLED';

/** The only table of what can be done with a move-out (B010). */
export const moveOutTransitions = {
  openMoveOut: {
    from: [],
    to: ['OPEN'],
    roles: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    own: ['resident'],
    rule: 'B010',
  },
  inspectMoveOut: {
    from: ['OPEN'],
    to: ['same'],
    roles: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director', 'maintenance'],
    own: [],
    rule: 'B010',
  },
  requestMoveOutSettlement: {
    from: ['OPEN'],
    to: ['same'],
    roles: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director', 'cashier'],
    own: [],
    rule: 'B010',
  },
  counterSignMoveOut: {
    from: ['OPEN'],
    to: ['same'],
    roles: ['supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    own: [],
    rule: 'B010',
  },
  closeMoveOut: {
    from: ['OPEN'],
    to: ['CLOSED'],
    roles: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    own: ['resident'],
    rule: 'B010',
  },
  cancelMoveOut: {
    from: ['OPEN'],
    to: ['CANCELLED'],
    roles: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    own: ['resident'],
    rule: 'B010',
  },
} as const satisfies Record<string, Transition<MoveOutStatus>>;

/** Who has to counter-sign, and by when an exit is done; the standard gives no figures. */
export const moveOutPolicy = {
  name: 'move-out',
  figures: {
    counterSigners: { value: ['CUSTOMER_SERVICE', 'FINANCE', 'SECURITY'], unit: 'department', rule: 'B010' },
    completionDays: { value: 15, unit: 'day', rule: 'B010' },
    warnShare: { value: 0.8, unit: 'share of the time', rule: 'B010' },
    directorShare: { value: 2, unit: 'share of the time', rule: 'B010' },
  },
} as const;

/** Why a household stays. */
export const moveOutCancelReasons: readonly string[] = ['WITHDRAWN', 'ENTERED_BY_MISTAKE'];

export const moveOutNumberPrefix = 'TC';

/** What billing is asked to settle. */
export const finalSettlement = 'FINAL_SETTLEMENT';
