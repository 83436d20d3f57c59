import type { EventDefinition } from '../define-event.ts';
import { notificationEvents } from '../shared-events.ts';
import * as billingCharging from './billing-charging.ts';
import * as billingCounter from './billing-counter.ts';
import * as billingFinance from './billing-finance.ts';
import * as billingLedger from './billing-ledger.ts';
import * as billingWaivers from './billing-waivers.ts';
import * as billing from './billing.ts';
import * as communityEvents from './community-events.ts';
import * as communityNotices from './community-notices.ts';
import * as communitySurveys from './community-surveys.ts';
import * as complaintReviews from './complaint-reviews.ts';
import * as complaints from './complaints.ts';
import * as hrConduct from './hr-conduct.ts';
import * as hrDuty from './hr-duty.ts';
import * as hrPositions from './hr-positions.ts';
import * as hrTraining from './hr-training.ts';
import * as hr from './hr.ts';
import * as residentsDecoration from './residents-decoration.ts';
import * as residentsDeskServices from './residents-desk-services.ts';
import * as residentsMandates from './residents-mandates.ts';
import * as residentsMoveIn from './residents-move-in.ts';
import * as residentsCustody from './residents-custody.ts';
import * as residentsPasses from './residents-passes.ts';
import * as residentsRegisters from './residents-registers.ts';
import * as residentsArchive from './residents-archive.ts';
import * as residentsPersonData from './residents-person-data.ts';
import * as residentsTakeover from './residents-takeover.ts';
import * as residents from './residents.ts';
import * as workOrderReviews from './work-order-reviews.ts';
import * as workOrders from './work-orders.ts';

export * from './billing-charging.ts';
export * from './billing-counter.ts';
export * from './billing-finance.ts';
export * from './billing-ledger.ts';
export * from './billing-waivers.ts';
export * from './billing.ts';
export * from './community-events.ts';
export * from './community-notices.ts';
export * from './community-surveys.ts';
export * from './complaint-reviews.ts';
export * from './complaints.ts';
export * from './hr-conduct.ts';
export * from './hr-duty.ts';
export * from './hr-positions.ts';
export * from './hr-training.ts';
export * from './hr.ts';
export * from './residents-decoration.ts';
export * from './residents-desk-services.ts';
export * from './residents-mandates.ts';
export * from './residents-move-in.ts';
export * from './residents-custody.ts';
export * from './residents-passes.ts';
export * from './residents-registers.ts';
export * from './residents-archive.ts';
export * from './residents-person-data.ts';
export * from './residents-takeover.ts';
export * from './residents.ts';
export * from './work-order-reviews.ts';
export * from './work-orders.ts';

/** The catalogue by publisher; a new publisher is a file beside this one and a line in each list. */
const publishers: Record<string, object> = {
  billing: {
    ...billing,
    ...billingLedger,
    ...billingCharging,
    ...billingWaivers,
    ...billingCounter,
    ...billingFinance,
  },
  'community-events': { ...communityEvents, ...communityNotices, ...communitySurveys },
  complaints: { ...complaints, ...complaintReviews },
  hr: { ...hr, ...hrDuty, ...hrPositions, ...hrConduct, ...hrTraining },
  residents: {
    ...residents,
    ...residentsPasses,
    ...residentsCustody,
    ...residentsRegisters,
    ...residentsMoveIn,
    ...residentsPersonData,
    ...residentsTakeover,
    ...residentsArchive,
    ...residentsDecoration,
    ...residentsMandates,
    ...residentsDeskServices,
  },
  'work-orders': { ...workOrders, ...workOrderReviews },
};

type Definition = EventDefinition<unknown>;

const isDefinition = (value: unknown): value is Definition =>
  typeof value === 'object' && value !== null && 'type' in value && 'data' in value;

/** A constant of the catalogue is one definition, or a group of them as `deadlineEvents` makes it. */
function definitionsIn(value: unknown): Definition[] {
  if (isDefinition(value)) return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).filter(isDefinition) : [];
}

/** Every kind of fact there is, each once; each publisher's requests for notification are among them. */
export const allEvents: readonly EventDefinition<unknown>[] = [
  ...new Map(
    Object.entries(publishers)
      .flatMap(([publisher, constants]) => [
        ...Object.values(constants).flatMap(definitionsIn),
        notificationEvents(publisher).requested,
      ])
      .map((definition) => [definition.type, definition]),
  ).values(),
];
