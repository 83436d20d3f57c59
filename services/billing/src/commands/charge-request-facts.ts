import type { ChargeRequest } from '../domain/charge-request.ts';

/** What facts tell of a charge that is asked for. */
export const chargeRequestFact = (row: ChargeRequest) => ({
  chargeRequestId: row.id,
  billingAccountId: row.billingAccountId,
  chargeTypeCode: row.chargeTypeCode,
  fee: { amount: row.amount, currency: row.currency },
  reasonCode: row.reasonCode,
});
