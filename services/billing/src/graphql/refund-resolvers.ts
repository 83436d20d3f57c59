import { availableByMatrix, historyOf } from '@steward/service-kit';

import { actsOf, judgeExpenditure, judgeExpenseClaim, judgeRefund } from '../commands/judge-counter-actions.ts';
import type { BillingContext } from '../db/loaders.ts';
import { filesOf, money, reasonValue } from './counter-values.ts';
import type {
  ExpenditureLineResolvers,
  ExpenditureResolvers,
  ExpenseClaimLineResolvers,
  ExpenseClaimResolvers,
  RefundResolvers,
} from './generated.ts';

const Refund: RefundResolvers<BillingContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.refund.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  billingAccount: ({ billingAccountId }, _args, ctx) => ctx.loaders.billingAccount.load(billingAccountId),
  charge: ({ chargeId }, _args, ctx) => (chargeId === null ? null : ctx.loaders.charge.load(chargeId)),
  amount: ({ amount, currency }) => money(amount, currency),
  reason: ({ reasonCode: code }) => ({ code, labelKey: `counterReason.${code}` }),
  availableActions: (refund, _args, ctx) => {
    const { communityId, householdId } = refund;
    const subject = { communityId, householdIds: householdId === null ? [] : [householdId] };
    return availableByMatrix(ctx, subject, judgeRefund(refund), actsOf(refund));
  },
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const ExpenseClaim: ExpenseClaimResolvers<BillingContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.expenseClaim.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  claimant: ({ claimantId }) => ({ id: claimantId }),
  purpose: ({ purposeSealed }, _args, ctx) => ctx.open(purposeSealed),
  lines: ({ lines, currency }) => lines.map((line) => ({ ...line, currency })),
  amount: ({ amount, currency }) => money(amount, currency),
  availableActions: (claim, _args, ctx) => {
    const subject = { communityId: claim.communityId, staffIds: [claim.claimantId] };
    return availableByMatrix(ctx, subject, judgeExpenseClaim(claim), actsOf(claim));
  },
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const ExpenseClaimLine: ExpenseClaimLineResolvers<BillingContext> = {
  amount: ({ amount, currency }) => money(amount, currency),
  vouchers: ({ voucherFileIds }, _args, ctx) => filesOf(ctx, voucherFileIds),
};

const Expenditure: ExpenditureResolvers<BillingContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.expenditure.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  payee: ({ payeeSealed }, _args, ctx) => ctx.open(payeeSealed),
  lines: ({ lines, currency }) => lines.map((line) => ({ ...line, currency })),
  amount: ({ amount, currency }) => money(amount, currency),
  proofs: ({ proofFileIds }, _args, ctx) => filesOf(ctx, proofFileIds),
  reversalReason: ({ reasonCode }) => reasonValue(reasonCode),
  availableActions: (expenditure, _args, ctx) =>
    availableByMatrix(
      ctx,
      { communityId: expenditure.communityId },
      judgeExpenditure(expenditure, ctx.viewer.sub),
      actsOf(expenditure),
    ),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const ExpenditureLine: ExpenditureLineResolvers<BillingContext> = {
  amount: ({ amount, currency }) => money(amount, currency),
};

export const refundTypes = { Refund, ExpenseClaim, ExpenseClaimLine, Expenditure, ExpenditureLine };
