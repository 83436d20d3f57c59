import type { Tariff } from '../domain/tariff.ts';

/** What facts tell of a tariff. */
export const tariffFact = ({ id: tariffId, chargeTypeCode, validFrom, validTo }: Tariff) => ({
  tariffId,
  chargeTypeCode,
  validFrom,
  validTo,
});
