import { judgeActions, type JudgedAction } from '@steward/service-kit';

import { requireAction } from '../domain/staff-actions.ts';
import { staffActions } from '../domain/staff-policy.ts';
import type { Staff } from '../domain/staff.ts';

/** Every command on a staff member with the refusal that the state would give, for `availableActions`. */
export const judgeStaffActions = (staff: Staff): JudgedAction[] =>
  judgeActions(staffActions.EMPLOYED, (action) => requireAction(staff, action));
