import type { DutyTransition } from './duty-transition.ts';

/** Quality reviews, meetings and what was undertaken there. */
export const meetingTransitions = {
  submitQualityReview: {
    from: ['OPEN'],
    to: ['SUBMITTED'],
    roles: ['supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    own: [],
    rule: 'A256',
  },
  returnQualityReview: { from: ['SUBMITTED'], to: ['OPEN'], roles: ['director'], own: [], rule: 'A256' },
  approveQualityReview: { from: ['SUBMITTED'], to: ['APPROVED'], roles: ['director'], own: [], rule: 'A256' },
  closeQualityReview: {
    from: ['APPROVED'],
    to: ['CLOSED'],
    roles: ['supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    own: [],
    rule: 'A256',
  },
  setStaffMeetingAgenda: {
    from: ['PLANNED'],
    to: ['PLANNED'],
    roles: ['supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    own: ['clerk', 'cashier', 'maintenance', 'guard', 'environment', 'trainer', 'analyst'],
    rule: 'A240',
  },
  holdStaffMeeting: {
    from: ['PLANNED'],
    to: ['HELD'],
    roles: ['supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    own: ['clerk', 'cashier', 'maintenance', 'guard', 'environment', 'trainer', 'analyst'],
    rule: 'A240',
  },
  cancelStaffMeeting: {
    from: ['PLANNED'],
    to: ['CANCELLED'],
    roles: ['supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    own: [],
    rule: 'A240',
  },
  completeFollowUp: {
    from: ['OPEN'],
    to: ['DONE'],
    roles: ['supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    own: ['clerk', 'cashier', 'maintenance', 'guard', 'environment', 'trainer', 'analyst'],
    rule: 'A240',
  },
  reopenFollowUp: {
    from: ['DONE'],
    to: ['OPEN'],
    roles: ['supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    own: [],
    rule: 'A240',
  },
  handOverFollowUp: {
    from: ['OPEN'],
    to: ['OPEN'],
    roles: ['supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    own: [],
    rule: 'A240',
  },
  cancelFollowUp: {
    from: ['OPEN'],
    to: ['CANCELLED'],
    roles: ['supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    own: [],
    rule: 'A240',
  },
} as const satisfies Record<string, DutyTransition>;
