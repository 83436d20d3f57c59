import type { Apportionment } from '../domain/apportionment.ts';

/** What facts tell of a cost that is shared out. */
export const apportionmentFact = (row: Apportionment) => ({
  apportionmentId: row.id,
  chargeTypeCode: row.chargeTypeCode,
  basis: row.basis,
  periodFrom: row.periodFrom,
  periodTo: row.periodTo,
  total: row.totalAmount,
  bearerCount: row.bearerCount,
});
