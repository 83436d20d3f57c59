import type { ActivityStatus } from './activity.ts';

type Role =
  | 'director'
  | 'deputyDirector'
  | 'administrativeSupervisor'
  | 'supervisor'
  | 'clerk'
  | 'maintenance'
  | 'guard'
  | 'environment';

/** What can be done with an activity in which status, where it leads (`same` keeps the status) and who does it. */
export type Transition = {
  from: readonly ActivityStatus[];
  to: readonly (ActivityStatus | 'same')[];
  roles: readonly Role[];
  rule: string;
};

/** The only table of transitions of activities. */
export const activityTransitions = {
  updateActivityPlan: {
    from: ['PLANNED'],
    to: ['same'],
    roles: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    rule: 'A105',
  },
  recordMerchantProcedures: {
    from: ['PLANNED', 'SUBMITTED'],
    to: ['same'],
    roles: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    rule: 'B018',
  },
  submitActivityPlan: {
    from: ['PLANNED'],
    to: ['SUBMITTED'],
    roles: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    rule: 'A105',
  },
  decideActivityPlan: {
    from: ['SUBMITTED'],
    to: ['APPROVED', 'PLANNED'],
    roles: ['administrativeSupervisor', 'director'],
    rule: 'A105',
  },
  assignActivityDuties: {
    from: ['APPROVED'],
    to: ['same'],
    roles: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    rule: 'A106',
  },
  confirmActivityDuty: {
    from: ['APPROVED'],
    to: ['same'],
    roles: [
      'clerk',
      'supervisor',
      'administrativeSupervisor',
      'deputyDirector',
      'director',
      'maintenance',
      'guard',
      'environment',
    ],
    rule: 'A106',
  },
  startActivity: {
    from: ['APPROVED'],
    to: ['UNDER_WAY'],
    roles: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    rule: 'A106',
  },
  recordActivitySiteControl: {
    from: ['UNDER_WAY'],
    to: ['same'],
    roles: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director', 'guard'],
    rule: 'B018',
  },
  awardActivityPrize: {
    from: ['UNDER_WAY', 'HELD'],
    to: ['same'],
    roles: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    rule: 'A105',
  },
  recordActivityCost: {
    from: ['APPROVED', 'UNDER_WAY', 'HELD'],
    to: ['same'],
    roles: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    rule: 'A105',
  },
  finishActivity: {
    from: ['UNDER_WAY'],
    to: ['HELD'],
    roles: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    rule: 'A107',
  },
  addActivityRecords: {
    from: ['UNDER_WAY', 'HELD'],
    to: ['same'],
    roles: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director', 'guard'],
    rule: 'A107',
  },
  archiveActivity: {
    from: ['HELD'],
    to: ['ARCHIVED'],
    roles: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    rule: 'A107',
  },
  cancelActivity: {
    from: ['PLANNED', 'SUBMITTED', 'APPROVED'],
    to: ['CANCELLED'],
    roles: ['supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    rule: 'A105',
  },
} as const satisfies Record<string, Transition>;

export type ActivityAction = keyof typeof activityTransitions;

export const activityActions = Object.keys(activityTransitions) as ActivityAction[];
