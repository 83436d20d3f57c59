import type { DutyTransition } from './duty-transition.ts';

/** Plans and sessions of training. */
export const trainingTransitions = {
  setTrainingPlanEntries: {
    from: ['DRAFT'],
    to: ['DRAFT'],
    roles: ['supervisor', 'administrativeSupervisor', 'deputyDirector', 'director', 'trainer'],
    own: [],
    rule: 'A217',
  },
  submitTrainingPlan: {
    from: ['DRAFT'],
    to: ['SUBMITTED'],
    roles: ['supervisor', 'administrativeSupervisor', 'deputyDirector', 'director', 'trainer'],
    own: [],
    rule: 'A217',
  },
  returnTrainingPlan: { from: ['SUBMITTED'], to: ['DRAFT'], roles: ['director'], own: [], rule: 'A256' },
  approveTrainingPlan: { from: ['SUBMITTED'], to: ['APPROVED'], roles: ['director'], own: [], rule: 'A256' },
  withdrawTrainingPlan: {
    from: ['DRAFT', 'SUBMITTED'],
    to: ['WITHDRAWN'],
    roles: ['supervisor', 'administrativeSupervisor', 'deputyDirector', 'director', 'trainer'],
    own: [],
    rule: 'A217',
  },
  rescheduleTrainingSession: {
    from: ['PLANNED'],
    to: ['PLANNED'],
    roles: ['supervisor', 'administrativeSupervisor', 'deputyDirector', 'director', 'trainer'],
    own: [],
    rule: 'A217',
  },
  cancelTrainingSession: {
    from: ['PLANNED'],
    to: ['CANCELLED'],
    roles: ['supervisor', 'administrativeSupervisor', 'deputyDirector', 'director', 'trainer'],
    own: [],
    rule: 'A217',
  },
  holdTrainingSession: {
    from: ['PLANNED'],
    to: ['HELD'],
    roles: ['supervisor', 'administrativeSupervisor', 'deputyDirector', 'director', 'trainer'],
    own: [],
    rule: 'A241',
  },
  recordTrainingTest: {
    from: ['HELD'],
    to: ['HELD'],
    roles: ['supervisor', 'administrativeSupervisor', 'deputyDirector', 'director', 'trainer'],
    own: [],
    rule: 'A010',
  },
} as const satisfies Record<string, DutyTransition>;
