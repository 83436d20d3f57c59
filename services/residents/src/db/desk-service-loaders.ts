import { byId, type Context } from '@steward/service-kit';

import { broadcastScriptEntity } from './broadcast-script-entities.ts';
import { broadcastLoaders } from './broadcast-script-queries.ts';
import { counterSignRouteEntity } from './counter-sign-route-entities.ts';
import { counterSignLoaders } from './counter-sign-route-queries.ts';
import { floorAreaLoaders, type FloorAreaPolicy } from './floor-area-queries.ts';
import { invoiceApplicationEntity } from './invoice-application-entities.ts';
import { keyAccountVisitEntity } from './key-account-visit-entities.ts';
import { membershipCardEntity } from './membership-card-entities.ts';
import { rentalMandateEntity } from './rental-mandate-entities.ts';
import { rentalMandateLoaders } from './rental-mandate-queries.ts';

export const deskServiceLoaders = (ctx: Context, floorAreaPolicy: FloorAreaPolicy) => ({
  ...floorAreaLoaders(ctx, floorAreaPolicy),
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
