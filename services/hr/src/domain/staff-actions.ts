import { DomainError } from '@steward/core';

import { staffActions } from './staff-policy.ts';
import type { Staff, StaffAction } from './staff.ts';

/** Refuses an action that the state of the staff member does not allow. */
export function requireAction(staff: Staff, action: StaffAction): void {
  const allowed: readonly string[] = staffActions[staff.status];
  if (!allowed.includes(action)) {
    throw new DomainError('CONFLICT', 'STAFF_LEFT', { params: { leftOn: staff.leftOn } });
  }
}
