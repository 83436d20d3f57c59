/**
 * The authority matrix of the service standard: who may do what by their role, over positions below which rank, up to
 * which amount in minor units. A grant of the company replaces the row of its role and action.
 */
export const standardAuthorities = [
  // The centre hires and trains below the deputy supervisor, the administration below the supervisor.
  { action: 'HIRE_STAFF', roles: ['supervisor'], belowRank: 'DEPUTY_SUPERVISOR', limitAmount: null, rule: 'A002' },
  {
    action: 'HIRE_STAFF',
    roles: ['administrativeSupervisor', 'deputyDirector'],
    belowRank: 'SUPERVISOR',
    limitAmount: null,
    rule: 'A002',
  },
  {
    action: 'DISMISS_STAFF',
    roles: ['administrativeSupervisor', 'deputyDirector'],
    belowRank: 'SUPERVISOR',
    limitAmount: null,
    rule: 'A002',
  },
  {
    action: 'TRAIN_STAFF',
    roles: ['supervisor', 'trainer'],
    belowRank: 'DEPUTY_SUPERVISOR',
    limitAmount: null,
    rule: 'A002',
  },
  {
    action: 'TRAIN_STAFF',
    roles: ['administrativeSupervisor', 'deputyDirector'],
    belowRank: 'SUPERVISOR',
    limitAmount: null,
    rule: 'A002',
  },
  // The head hires and dismisses below the department manager only; everything above is the company's.
  { action: 'HIRE_STAFF', roles: ['director'], belowRank: 'DEPARTMENT_MANAGER', limitAmount: null, rule: 'A330' },
  { action: 'DISMISS_STAFF', roles: ['director'], belowRank: 'DEPARTMENT_MANAGER', limitAmount: null, rule: 'A330' },
  { action: 'TRAIN_STAFF', roles: ['director'], belowRank: null, limitAmount: null, rule: 'A330' },
  // Payments and claims; the amount of the administration is not in the standard.
  { action: 'APPROVE_PAYMENT', roles: ['director'], belowRank: null, limitAmount: null, rule: 'A330' },
  { action: 'APPROVE_CLAIM', roles: ['director'], belowRank: null, limitAmount: null, rule: 'A330' },
  {
    action: 'APPROVE_CLAIM',
    roles: ['administrativeSupervisor', 'deputyDirector'],
    belowRank: null,
    limitAmount: 100000,
    rule: 'A330',
  },
  // Enforced by the owning services, which have figures of their own for everybody else: this is what may be lent.
  { action: 'REFUND_PAYMENT', roles: ['director'], belowRank: null, limitAmount: null, rule: 'A330' },
  { action: 'WAIVE_CHARGE', roles: ['director'], belowRank: null, limitAmount: null, rule: 'A330' },
  { action: 'APPROVE_ACTIVITY', roles: ['director'], belowRank: null, limitAmount: null, rule: 'A330' },
  { action: 'PUBLISH_ANNOUNCEMENT', roles: ['director'], belowRank: null, limitAmount: null, rule: 'A330' },
] as const;

/** What is measured by rank; everything else is measured by an amount or by nothing. */
export const authorityMeasures = {
  rank: ['HIRE_STAFF', 'DISMISS_STAFF', 'TRAIN_STAFF'],
  amount: ['APPROVE_PAYMENT', 'APPROVE_CLAIM', 'REFUND_PAYMENT', 'WAIVE_CHARGE', 'APPROVE_ACTIVITY'],
} as const;
