import { chargeRaised, chargeReversed, chargeSettled, complaintRegistered, subscribe } from '@steward/events';

import { followKeyAccountComplaint } from '../commands/follow-key-account-complaint.ts';
import { followRentalMandateCharge } from '../commands/follow-rental-mandate-charge.ts';

/** How far commissions have come, and the complaints of key accounts. */
export const deskServiceHandlers = [
  subscribe(chargeRaised, 'follow-rental-mandate-charge', followRentalMandateCharge),
  subscribe(chargeSettled, 'follow-rental-mandate-charge', followRentalMandateCharge),
  subscribe(chargeReversed, 'follow-rental-mandate-charge', followRentalMandateCharge),
  subscribe(complaintRegistered, 'follow-key-account-complaint', followKeyAccountComplaint),
];
