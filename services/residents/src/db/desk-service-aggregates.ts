import { byId, type Context } from '@steward/service-kit';

import { broadcastRunEntity, broadcastScriptAggregate, broadcastScriptEntity } from './broadcast-script-entities.ts';
import { broadcastLoaders } from './broadcast-script-queries.ts';
import {
  counterSignRouteAggregate,
  counterSignRouteEntity,
  counterSignStepEntity,
} from './counter-sign-route-entities.ts';
import { counterSignLoaders } from './counter-sign-route-queries.ts';
import { floorAreaLoaders } from './floor-area-queries.ts';
import { invoiceApplicationAggregate, invoiceApplicationEntity } from './invoice-application-entities.ts';
import { keyAccountVisitAggregate, keyAccountVisitEntity } from './key-account-visit-entities.ts';
import { membershipCardAggregate, membershipCardEntity } from './membership-card-entities.ts';
import { rentalMandateAggregate, rentalMandateEntity } from './rental-mandate-entities.ts';
import { rentalMandateLoaders } from './rental-mandate-queries.ts';

/** The services of the desk: key accounts, mandates, cards, invoices, broadcasts, counter-signing. */
export const deskServiceAggregates = [
  keyAccountVisitAggregate,
  rentalMandateAggregate,
  membershipCardAggregate,
  invoiceApplicationAggregate,
  broadcastScriptAggregate,
  counterSignRouteAggregate,
];

export const deskServiceEntities = [
  keyAccountVisitEntity,
  rentalMandateEntity,
  membershipCardEntity,
  invoiceApplicationEntity,
  broadcastScriptEntity,
  broadcastRunEntity,
  counterSignRouteEntity,
  counterSignStepEntity,
];

export const deskServiceLoaders = (ctx: Context) => ({
  ...floorAreaLoaders(ctx),
  ...rentalMandateLoaders(ctx),
  ...broadcastLoaders(ctx),
  ...counterSignLoaders(ctx),
  keyAccountVisit: byId(ctx, keyAccountVisitEntity),
  rentalMandate: byId(ctx, rentalMandateEntity),
  membershipCard: byId(ctx, membershipCardEntity),
  invoiceApplication: byId(ctx, invoiceApplicationEntity),
  broadcastScript: byId(ctx, broadcastScriptEntity),
  counterSignRoute: byId(ctx, counterSignRouteEntity),
});
