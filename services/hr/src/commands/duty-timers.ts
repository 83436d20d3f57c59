import type { TimerCommand } from '@steward/service-kit';

import { appraisalWindowTimer, closeAppraisalWindow } from './assess-appraisal.ts';
import { closeDutyDay, dutyDayTimer } from './close-duty-day.ts';
import { conductDayTimer, runConductDay } from './conduct-day.ts';
import { positionTimers } from './position-timers.ts';
import { runTrainingDay, trainingDayTimer } from './run-training-day.ts';
import { shiftWatchTimer, watchShiftStart } from './watch-desk.ts';

/** What runs when a timer of rosters, attendance, pay or conduct is due. */
export const dutyTimers: Record<string, TimerCommand> = {
  [shiftWatchTimer]: watchShiftStart,
  [dutyDayTimer]: closeDutyDay,
  ...positionTimers,
  [trainingDayTimer]: runTrainingDay,
  [conductDayTimer]: runConductDay,
  [appraisalWindowTimer]: closeAppraisalWindow,
};
