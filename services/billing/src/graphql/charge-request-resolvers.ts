import { availableActions, historyOf } from '@steward/service-kit';

import { judgeChargeRequestActions } from '../commands/judge-charging-actions.ts';
import type { BillingContext } from '../db/loaders.ts';
import { chargeTypeValue, type CodeValue } from './code-value.ts';
import type { ChargeRequestResolvers } from './generated.ts';
import { stubOf } from './stub-of.ts';

/** Why a single charge was asked for, named by the labels under `chargeReason.X`. */
export const chargeReasonValue = (code: string | undefined): CodeValue | null =>
  code === undefined ? null : { code, labelKey: `chargeReason.${code}` };

const ChargeRequest: ChargeRequestResolvers<BillingContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.chargeRequest.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  billingAccount: ({ billingAccountId }, _args, ctx) => ctx.loaders.billingAccount.load(billingAccountId),
  unit: ({ unitId }) => stubOf(unitId),
  chargeType: ({ chargeTypeCode }) => chargeTypeValue(chargeTypeCode),
  unitPrice: ({ rate }) => rate,
  amount: ({ amount, currency }) => ({ amount, currency }),
  reason: ({ reasonCode }) => ({ code: reasonCode, labelKey: `chargeReason.${reasonCode}` }),
  explanation: ({ explanationSealed }, _args, ctx) => ctx.open(explanationSealed),
  replaces: ({ replacesChargeId }, _args, ctx) =>
    replacesChargeId === null ? null : ctx.loaders.charge.load(replacesChargeId),
  charge: ({ chargeId }, _args, ctx) => (chargeId === null ? null : ctx.loaders.charge.load(chargeId)),
  availableActions: (row, _args, ctx) => availableActions(ctx, row, judgeChargeRequestActions(row)),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

export const chargeRequestTypes = { ChargeRequest };
