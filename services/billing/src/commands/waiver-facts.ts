import type { Waiver } from '../domain/waiver.ts';

/** What facts tell of what is forgiven. */
export const waiverFact = ({
  id,
  chargeId,
  billingAccountId,
  chargeTypeCode,
  amount,
  currency,
  reasonCode,
}: Waiver) => ({
  waiverId: id,
  chargeId,
  billingAccountId,
  chargeTypeCode,
  waived: { amount, currency },
  reasonCode,
});
