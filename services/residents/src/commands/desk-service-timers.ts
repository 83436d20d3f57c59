import type { TimerCommand } from '@steward/service-kit';

import { beginBroadcast } from './begin-broadcast.ts';
import { expireCard, remindOfCard } from './follow-membership-card-term.ts';
import { lapseMandate, remindOfMandate } from './follow-rental-mandate-term.ts';
import { openKeyAccountVisit } from './open-key-account-visit.ts';
import { broadcastTimer } from '../domain/broadcast-script-policy.ts';
import { keyAccountVisitTimer } from '../domain/key-account-visit-policy.ts';
import { cardExpiryTimer, cardReminderTimer } from '../domain/membership-card-policy.ts';
import { mandateLapseTimer, mandateReminderTimer } from '../domain/rental-mandate-policy.ts';

/** What comes due in the services of the desk. */
export const deskServiceTimers: Record<string, TimerCommand> = {
  [keyAccountVisitTimer]: openKeyAccountVisit,
  [mandateReminderTimer]: remindOfMandate,
  [mandateLapseTimer]: lapseMandate,
  [cardReminderTimer]: remindOfCard,
  [cardExpiryTimer]: expireCard,
  [broadcastTimer]: beginBroadcast,
};
