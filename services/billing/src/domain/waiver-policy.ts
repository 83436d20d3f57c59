import { finalSettlementCode, returnedRefundCode } from './charge-type-policy.ts';
import { depositTypes } from './ledger-policy.ts';

/** What hr's authority matrix calls it; a grant takes the place of the figures of refunds, which hold for waivers too. */
export const waiverAct = { action: 'WAIVE_CHARGE', rule: 'A018' } as const;

/** Why something is forgiven. */
export const waiverReasons: readonly string[] = [
  'GOODWILL',
  'HARDSHIP',
  'SERVICE_FAILURE',
  'AGREED',
  'LATE_FEE_WAIVED',
];

/** The charge was taken back, and what was forgiven of it with it. */
export const chargeReversedReason = 'CHARGE_REVERSED';

/** Why it is owed after all. */
export const waiverReversalReasons: readonly string[] = ['WRONG_AMOUNT', 'WRONG_CHARGE', 'CONDITION_UNMET'];

/** Security, what was given back by mistake and settlements are no income that could be done without. */
export const neverWaived: readonly string[] = [...depositTypes, returnedRefundCode, finalSettlementCode];
