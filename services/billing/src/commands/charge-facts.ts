import type { Charge } from '../domain/charge.ts';

/** Another service's cause, which that service knows its request by; what we charge of our own has none. */
const causeOf = ({ causeService, causeType, causeId }: Charge) =>
  causeService === 'billing' ? null : { service: causeService, aggregateType: causeType, aggregateId: causeId };

/** A charge as its facts tell of it. */
export const chargeFact = (charge: Charge) => ({
  chargeId: charge.id,
  communityId: charge.communityId,
  unitId: charge.unitId,
  householdId: charge.householdId,
  chargeTypeCode: charge.chargeTypeCode,
  cause: causeOf(charge),
  fee: { amount: charge.amount, currency: charge.currency },
});
