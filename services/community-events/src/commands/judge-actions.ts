import { DomainError } from '@steward/core';
import { judgeActions, requireApprover, type AuthorityHeld, type JudgedAction } from '@steward/service-kit';

import type { Activity, ActivityRegistration } from '../domain/activity.ts';
import { planAct, planFields } from '../domain/activity-policy.ts';
import { missingFields } from '../domain/plan-rules.ts';
import { cancelled } from '../domain/registration-rules.ts';
import type { Venue, VenueBooking } from '../domain/venue.ts';
import { activityActions } from '../domain/transition-policy.ts';
import { requireAction } from '../domain/transition-rules.ts';

/** Every action on an aggregate with the refusal that its state would give, for `availableActions`. */
export const judgeActivityActions = (activity: Activity): JudgedAction[] =>
  judgeActions(activityActions, (action) => requireAction(activity, action));

export const judgeRegistrationActions = (registration: ActivityRegistration): JudgedAction[] =>
  judgeActions(['cancelActivityRegistration'], () => void cancelled(registration, new Date(0)));

/** Fields of the plan that are still empty (A105). */
export const missingPlanFields = (activity: Activity): string[] => missingFields(activity, planFields);

export const judgeVenueActions = ({ retiredAt }: Venue): JudgedAction[] =>
  judgeActions(['updateVenue', 'retireVenue'], () => {
    if (retiredAt !== null) throw new DomainError('CONFLICT', 'VENUE_RETIRED', { rule: 'A106' });
  });

export const judgeBookingActions = ({ activityId, status }: VenueBooking): JudgedAction[] =>
  judgeActions(['releaseVenueBooking'], () => {
    if (activityId !== null) throw new DomainError('CONFLICT', 'BOOKING_OF_ACTIVITY', { rule: 'A106' });
    if (status === 'RELEASED') throw new DomainError('CONFLICT', 'BOOKING_RELEASED', { rule: 'A106' });
  });

type Asked = Parameters<typeof requireApprover>[0];

/** Whoever decides about a plan has the role that was asked, or a grant that reaches its budget. */
export const planActs = ({ budgetAmount }: Activity, asked: Asked | undefined) => ({
  decideActivityPlan: {
    ...planAct,
    measure: (held: AuthorityHeld): void => {
      if (asked !== undefined) requireApprover(asked, { held, amount: budgetAmount ?? 0 });
    },
  },
});
