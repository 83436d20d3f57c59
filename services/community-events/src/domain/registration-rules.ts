import { DomainError, refuseAll } from '@steward/core';

import type { Activity, ActivityRegistration, ActivityRegistrationStatus } from './activity.ts';

const rule = 'A105';

/** Registration is open once the plan is approved, until the activity begins. */
export function requireOpen(activity: Activity, now: Date): void {
  const isOpen = activity.status === 'APPROVED' && activity.startsAt !== null && now < activity.startsAt;
  if (!isOpen) throw new DomainError('CONFLICT', 'REGISTRATION_CLOSED', { rule, params: { status: activity.status } });
}

export function requireCount(count: number, most: number): void {
  if (count < 1 || count > most) {
    refuseAll([{ path: 'input.participantCount', reason: 'PARTICIPANTS_OUT_OF_RANGE', rule, params: { most } }]);
  }
}

/** A place while there are enough for the whole party, else the waiting list; nobody passes those who wait. */
export const placeFor = (
  party: number,
  seats: { capacity: number; taken: number; waiting: number },
): ActivityRegistrationStatus =>
  seats.waiting === 0 && seats.taken + party <= seats.capacity ? 'REGISTERED' : 'WAITING';

/** Those who get the places that have become free, in the order in which they wait; a party that does not fit stops. */
export function promotedOf<Waiting extends { participantCount: number }>(
  waiting: readonly Waiting[],
  free: number,
): Waiting[] {
  const promoted: Waiting[] = [];
  let left = free;
  for (const party of waiting) {
    if (party.participantCount > left) break;
    left -= party.participantCount;
    promoted.push(party);
  }
  return promoted;
}

export function cancelled(registration: ActivityRegistration, now: Date): ActivityRegistration {
  const { status } = registration;
  if (status !== 'REGISTERED' && status !== 'WAITING') {
    throw new DomainError('CONFLICT', 'ILLEGAL_TRANSITION', {
      rule,
      params: { action: 'cancelActivityRegistration', status },
    });
  }
  return { ...registration, status: 'CANCELLED', cancelledAt: now };
}

export function checkedIn(registration: ActivityRegistration, activity: Activity, now: Date): ActivityRegistration {
  const { status } = registration;
  const action = 'checkInActivityParticipants';
  if (activity.status !== 'UNDER_WAY') {
    throw new DomainError('CONFLICT', 'ILLEGAL_TRANSITION', { rule, params: { action, status: activity.status } });
  }
  // Whoever waited and came finds a place that others left empty: the desk decides by checking them in.
  if (status !== 'REGISTERED' && status !== 'WAITING') {
    throw new DomainError('CONFLICT', 'ILLEGAL_TRANSITION', { rule, params: { action, status } });
  }
  return { ...registration, status: 'CHECKED_IN', checkedInAt: now };
}
