import { broadcastRunEntity, broadcastScriptEntity } from './broadcast-script-entities.ts';
import { counterSignRouteEntity, counterSignStepEntity } from './counter-sign-route-entities.ts';
import { invoiceApplicationEntity } from './invoice-application-entities.ts';
import { keyAccountVisitEntity } from './key-account-visit-entities.ts';
import { membershipCardEntity } from './membership-card-entities.ts';
import { rentalMandateEntity } from './rental-mandate-entities.ts';

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
