import type { TimerCommand } from '@steward/service-kit';

import { followPositionDay, positionDayTimer } from './follow-position-day.ts';

/** What runs when a timer of positions is due. */
export const positionTimers: Record<string, TimerCommand> = { [positionDayTimer]: followPositionDay };
