import { chargeRaised, chargeReversed, chargeSettled, subscribe } from '@steward/events';

import { followDecorationCharge } from '../commands/follow-decoration-charge.ts';

/** How far waste fees and deposits have come. */
export const decorationHandlers = [
  subscribe(chargeRaised, 'follow-decoration-charge', followDecorationCharge),
  subscribe(chargeSettled, 'follow-decoration-charge', followDecorationCharge),
  subscribe(chargeReversed, 'follow-decoration-charge', followDecorationCharge),
];
