import { availableActions, historyOf, loaded } from '@steward/service-kit';

import { judgeDoorCollection, judgePayment, judgeProviderPayment } from '../commands/judge-counter-actions.ts';
import type { BillingContext } from '../db/loaders.ts';
import { chargeTypeValue } from './code-value.ts';
import { filesOf, money, optionalMoney, reasonValue, stub } from './counter-values.ts';
import type {
  DoorCollectionResolvers,
  InvoiceRequestResolvers,
  PaymentAllocationResolvers,
  PaymentClearingResolvers,
  PaymentResolvers,
  ProviderBillDifferenceResolvers,
  ProviderBillResolvers,
  ProviderPaymentResolvers,
  ReceiptResolvers,
} from './generated.ts';

const subjectOf = ({ communityId, householdId }: { communityId: string; householdId: string | null }) => ({
  communityId,
  householdIds: householdId === null ? [] : [householdId],
});

const Payment: PaymentResolvers<BillingContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.payment.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  billingAccount: ({ billingAccountId }, _args, ctx) => ctx.loaders.billingAccount.load(billingAccountId),
  unit: ({ unitId }) => stub(unitId),
  household: ({ householdId }) => stub(householdId),
  amount: ({ amount, currency }) => money(amount, currency),
  tendered: ({ tendered, currency }) => optionalMoney(tendered, currency),
  change: ({ changeGiven, currency }) => money(changeGiven, currency),
  allocations: async ({ id, currency }, _args, ctx) =>
    (await ctx.loaders.allocationsOf.load(id)).map((part) => ({ ...part, currency })),
  advance: ({ advanceAmount, currency }) => money(advanceAmount, currency),
  meter: ({ meterId }, _args, ctx) => (meterId === null ? null : ctx.loaders.meter.load(meterId)),
  clearing: async ({ id, currency }, _args, ctx) => {
    const [clearing] = await ctx.loaders.clearingsOf.load(id);
    return clearing === undefined ? null : { ...clearing, currency };
  },
  receipt: ({ receiptId }, _args, ctx) => loaded(ctx.loaders.receipt.load(receiptId)),
  invoiceRequests: async ({ id, communityId }, _args, ctx) =>
    (await ctx.loaders.invoicesOf.load(id)).map((request) => ({ ...request, communityId })),
  session: ({ sessionId }, _args, ctx) => (sessionId === null ? null : ctx.loaders.cashierSession.load(sessionId)),
  proofs: ({ proofFileIds }, _args, ctx) => filesOf(ctx, proofFileIds),
  voidReason: ({ voidReason }) => reasonValue(voidReason),
  availableActions: async (payment, _args, ctx) => {
    const isCleared = (await ctx.loaders.clearingsOf.load(payment.id)).length > 0;
    const isTakenByProvider = await loaded(ctx.loaders.takenByProvider.load(payment.id));
    return availableActions(ctx, subjectOf(payment), judgePayment({ ...payment, isCleared, isTakenByProvider }));
  },
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const PaymentAllocation: PaymentAllocationResolvers<BillingContext> = {
  charge: ({ chargeId }, _args, ctx) => ctx.loaders.charge.load(chargeId),
  chargeType: ({ chargeTypeCode }) => chargeTypeValue(chargeTypeCode),
  amount: ({ amount, currency }) => money(amount, currency),
};

const PaymentClearing: PaymentClearingResolvers<BillingContext> = {
  withheld: ({ withheldAmount, currency }) => money(withheldAmount, currency),
  proofs: ({ proofFileIds }, _args, ctx) => filesOf(ctx, proofFileIds),
};

const Receipt: ReceiptResolvers<BillingContext> = {
  amount: ({ amount, currency }) => money(amount, currency),
  voidReason: ({ voidReason }) => reasonValue(voidReason),
};

const InvoiceRequest: InvoiceRequestResolvers<BillingContext> = {
  amount: ({ amount, currency }) => money(amount, currency),
  corrects: async ({ correctsId, paymentId, communityId }, _args, ctx) => {
    const found = (await ctx.loaders.invoicesOf.load(paymentId)).find(({ id }) => id === correctsId);
    return found === undefined ? null : { ...found, communityId };
  },
  title: ({ titleSealed }, _args, ctx) => ctx.open(titleSealed),
  taxNumber: ({ taxNumberSealed }, _args, ctx) => (taxNumberSealed === null ? null : ctx.open(taxNumberSealed)),
};

const DoorCollection: DoorCollectionResolvers<BillingContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.doorCollection.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  billingAccount: ({ billingAccountId }, _args, ctx) => ctx.loaders.billingAccount.load(billingAccountId),
  unit: ({ unitId }) => stub(unitId),
  household: ({ householdId }) => stub(householdId),
  collector: ({ collectorId }) => ({ id: collectorId }),
  amount: ({ amount, currency }) => money(amount, currency),
  contactName: ({ contactNameSealed }, _args, ctx) => ctx.open(contactNameSealed),
  receipt: ({ receiptId }, _args, ctx) => loaded(ctx.loaders.receipt.load(receiptId)),
  payment: ({ paymentId }, _args, ctx) => (paymentId === null ? null : ctx.loaders.payment.load(paymentId)),
  failReason: ({ failReason }) => reasonValue(failReason),
  deadlines: ({ id }, _args, ctx) => ctx.loaders.counterDeadlines.load(id),
  availableActions: (door, _args, ctx) => availableActions(ctx, subjectOf(door), judgeDoorCollection(door)),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const ProviderPayment: ProviderPaymentResolvers<BillingContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.providerPayment.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  billingAccount: ({ billingAccountId }, _args, ctx) => ctx.loaders.billingAccount.load(billingAccountId),
  amount: ({ amount, currency }) => money(amount, currency),
  payment: ({ paymentId }, _args, ctx) => (paymentId === null ? null : ctx.loaders.payment.load(paymentId)),
  availableActions: (order, _args, ctx) => availableActions(ctx, subjectOf(order), judgeProviderPayment()),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const ProviderBill: ProviderBillResolvers<BillingContext> = {
  on: ({ onDay }) => onDay,
  paid: ({ paidAmount, currency }) => money(paidAmount, currency),
  refunded: ({ refundedAmount, currency }) => money(refundedAmount, currency),
  fee: ({ feeAmount, currency }) => money(feeAmount, currency),
  differences: ({ differences, currency }) => differences.map((one) => ({ ...one, currency })),
};

const ProviderBillDifference: ProviderBillDifferenceResolvers<BillingContext> = {
  ours: ({ ours, currency }) => money(ours, currency),
  theirs: ({ theirs, currency }) => money(theirs, currency),
};

export const paymentTypes = {
  Payment,
  PaymentAllocation,
  PaymentClearing,
  Receipt,
  InvoiceRequest,
  DoorCollection,
  ProviderPayment,
  ProviderBill,
  ProviderBillDifference,
};
