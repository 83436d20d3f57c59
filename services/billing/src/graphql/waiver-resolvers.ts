import { availableByMatrix, historyOf } from '@steward/service-kit';

import { judgeWaiverActions, waiverActs } from '../commands/judge-charging-actions.ts';
import type { BillingContext } from '../db/loaders.ts';
import { chargeTypeValue } from './code-value.ts';
import type { WaiverResolvers } from './generated.ts';

const reason = (code: string) => ({ code, labelKey: `waiverReason.${code}` });

const Waiver: WaiverResolvers<BillingContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.waiver.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  billingAccount: ({ billingAccountId }, _args, ctx) => ctx.loaders.billingAccount.load(billingAccountId),
  charge: ({ chargeId }, _args, ctx) => ctx.loaders.charge.load(chargeId),
  chargeType: ({ chargeTypeCode }) => chargeTypeValue(chargeTypeCode),
  amount: ({ amount, currency }) => ({ amount, currency }),
  tax: ({ taxAmount: amount, currency }) => ({ amount, currency }),
  reason: ({ reasonCode }) => reason(reasonCode),
  explanation: ({ explanationSealed }, _args, ctx) => ctx.open(explanationSealed),
  reversalReason: ({ reversalReasonCode: code }) => (code === null ? null : reason(code)),
  availableActions: (row, _args, ctx) =>
    availableByMatrix(ctx, { communityId: row.communityId }, judgeWaiverActions(row), waiverActs(row)),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

export const waiverTypes = { Waiver };
