import type { DutyTransition } from './duty-transition.ts';

/** Rosters, shifts added by a community, and certificates. */
export const rosterTransitions = {
  renewCertificate: {
    from: ['IN_FORCE'],
    to: ['IN_FORCE'],
    roles: ['administrativeSupervisor', 'deputyDirector', 'director'],
    own: [],
    rule: 'A332',
  },
  revokeCertificate: {
    from: ['IN_FORCE'],
    to: ['REVOKED'],
    roles: ['administrativeSupervisor', 'deputyDirector', 'director'],
    own: [],
    rule: 'A332',
  },
  retireShiftPattern: {
    from: ['ACTIVE'],
    to: ['RETIRED'],
    roles: ['supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    own: [],
    rule: 'A253',
  },
  planDutyRoster: {
    from: ['DRAFT'],
    to: ['DRAFT'],
    roles: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    own: [],
    rule: 'A308',
  },
  assignDutyShift: {
    from: ['DRAFT'],
    to: ['DRAFT'],
    roles: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    own: [],
    rule: 'A308',
  },
  removeDutyShift: {
    from: ['DRAFT'],
    to: ['DRAFT'],
    roles: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    own: [],
    rule: 'A308',
  },
  submitDutyRoster: {
    from: ['DRAFT'],
    to: ['SUBMITTED'],
    roles: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    own: [],
    rule: 'A308',
  },
  returnDutyRoster: {
    from: ['SUBMITTED'],
    to: ['DRAFT'],
    roles: ['supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    own: [],
    rule: 'A212',
  },
  publishDutyRoster: {
    from: ['SUBMITTED'],
    to: ['PUBLISHED'],
    roles: ['supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    own: [],
    rule: 'A212',
  },
  withdrawDutyRoster: {
    from: ['DRAFT', 'SUBMITTED', 'PUBLISHED'],
    to: ['WITHDRAWN'],
    roles: ['supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    own: [],
    rule: 'A212',
  },
} as const satisfies Record<string, DutyTransition>;
