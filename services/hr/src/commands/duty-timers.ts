import type { TimerCommand } from '@steward/service-kit';

import { closeDutyDay, dutyDayTimer } from './close-duty-day.ts';
import { shiftWatchTimer, watchShiftStart } from './watch-desk.ts';

/** What runs when a timer of rosters, attendance or pay is due. */
export const dutyTimers: Record<string, TimerCommand> = {
  [shiftWatchTimer]: watchShiftStart,
  [dutyDayTimer]: closeDutyDay,
};
