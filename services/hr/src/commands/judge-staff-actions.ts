import type { RefusalValue } from '@steward/service-kit';

import { requireAction } from '../domain/staff-actions.ts';
import { refusalOf } from '../domain/staff-import-rules.ts';
import { staffActions } from '../domain/staff-policy.ts';
import type { Staff } from '../domain/staff.ts';

/** Every command on a staff member with the refusal that the state would give, for `availableActions`. */
export const judgeStaffActions = (staff: Staff): { action: string; refusal: RefusalValue | null }[] =>
  staffActions.EMPLOYED.map((action) => {
    try {
      requireAction(staff, action);
      return { action, refusal: null };
    } catch (error) {
      return { action, refusal: refusalOf(error) };
    }
  });
