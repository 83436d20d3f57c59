import { broadcastScriptAggregate } from './broadcast-script-entities.ts';
import { counterSignRouteAggregate } from './counter-sign-route-entities.ts';
import { invoiceApplicationAggregate } from './invoice-application-entities.ts';
import { keyAccountVisitAggregate } from './key-account-visit-entities.ts';
import { membershipCardAggregate } from './membership-card-entities.ts';
import { rentalMandateAggregate } from './rental-mandate-entities.ts';

/** The services of the desk: key accounts, mandates, cards, invoices, broadcasts, counter-signing. */
export const deskServiceAggregates = [
  keyAccountVisitAggregate,
  rentalMandateAggregate,
  membershipCardAggregate,
  invoiceApplicationAggregate,
  broadcastScriptAggregate,
  counterSignRouteAggregate,
];
