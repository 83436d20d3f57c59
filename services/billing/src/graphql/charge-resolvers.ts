import { availableActions, historyOf, loaded } from '@steward/service-kit';

import { judgeChargeActions } from '../commands/judge-charge-actions.ts';
import type { BillingContext } from '../db/loaders.ts';
import { chargesBelow } from './charge-lists.ts';
import { chargeTypeValue } from './code-value.ts';
import type {
  BillingAccountResolvers,
  ChargeResolvers,
  ChargeServiceLineResolvers,
  HouseholdResolvers,
  LedgerPostingResolvers,
  UnitResolvers,
} from './generated.ts';

const stub = (id: string | null) => (id === null ? null : { id });

const sum = async (ctx: BillingContext, communityId: string, amount: Promise<number | null>) => ({
  amount: (await amount) ?? 0,
  currency: await loaded(ctx.loaders.currencyOfCommunity.load(communityId)),
});

const BillingAccount: BillingAccountResolvers<BillingContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.billingAccount.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  unit: ({ unitId }) => stub(unitId),
  household: ({ householdId }) => stub(householdId),
  person: ({ partyKind, partyId }) => (partyKind === 'PERSON' ? { id: partyId } : null),
  organisation: ({ partyKind, partyId }) => (partyKind === 'ORGANISATION' ? { id: partyId } : null),
  outstanding: ({ id, communityId }, _args, ctx) => sum(ctx, communityId, ctx.loaders.outstandingOfAccount.load(id)),
  advance: async ({ id, communityId }, _args, ctx) => {
    const owed = await sum(ctx, communityId, ctx.loaders.advanceOfAccount.load(id));
    return { ...owed, amount: 0 - owed.amount };
  },
  charges: ({ id }, args, ctx) =>
    chargesBelow(ctx, args, { parentId: id, list: 'BillingAccount.charges', column: 'billing_account_id' }),
  availableActions: (account, _args, ctx) => availableActions(ctx, account, []),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const Charge: ChargeResolvers<BillingContext> = {
  line: async ({ id }, _args, ctx) => (await ctx.loaders.chargeLines.load(id))[0] ?? null,
  __resolveReference: ({ id }, ctx) => ctx.loaders.charge.load(id),
  billingAccount: ({ billingAccountId }, _args, ctx) => ctx.loaders.billingAccount.load(billingAccountId),
  community: ({ communityId }) => ({ id: communityId }),
  unit: ({ unitId }) => stub(unitId),
  household: ({ householdId }) => stub(householdId),
  chargeType: ({ chargeTypeCode }) => chargeTypeValue(chargeTypeCode),
  amount: ({ amount, currency }) => ({ amount, currency }),
  tax: ({ taxAmount: amount, currency }) => ({ amount, currency }),
  outstanding: async ({ id, currency }, _args, ctx) => ({
    amount: (await ctx.loaders.outstandingOfCharge.load(id)) ?? 0,
    currency,
  }),
  reversalReason: ({ reasonCode: code }) => (code === null ? null : { code, labelKey: `reversalReason.${code}` }),
  serviceLines: async ({ id, currency }, _args, ctx) =>
    (await ctx.loaders.serviceLines.load(id)).map((line) => ({ ...line, currency })),
  postings: ({ id }, _args, ctx) => ctx.loaders.postingsOfCharge.load(id),
  availableActions: (charge, _args, ctx) => {
    const subject = {
      communityId: charge.communityId,
      householdIds: charge.householdId === null ? [] : [charge.householdId],
    };
    return availableActions(ctx, subject, judgeChargeActions(charge));
  },
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const ChargeServiceLine: ChargeServiceLineResolvers<BillingContext> = {
  quantity: ({ quantity: value, unit }) => ({ value, unit }),
  unitPrice: ({ unitPriceAmount: amount, currency }) => ({ amount, currency }),
  amount: ({ amount, currency }) => ({ amount, currency }),
};

const LedgerPosting: LedgerPostingResolvers<BillingContext> = {
  chargeType: ({ chargeTypeCode }) => (chargeTypeCode === null ? null : chargeTypeValue(chargeTypeCode)),
  billingAccount: ({ billingAccountId }, _args, ctx) =>
    billingAccountId === null ? null : ctx.loaders.billingAccount.load(billingAccountId),
  amount: ({ amountMinor: amount, currency }) => ({ amount, currency }),
};

const Unit: UnitResolvers<BillingContext> = {
  charges: ({ id }, args, ctx) => chargesBelow(ctx, args, { parentId: id, list: 'Unit.charges', column: 'unit_id' }),
};

const Household: HouseholdResolvers<BillingContext> = {
  charges: ({ id }, args, ctx) =>
    chargesBelow(ctx, args, { parentId: id, list: 'Household.charges', column: 'household_id' }),
};

export const chargeTypes = {
  BillingAccount,
  Charge,
  ChargeServiceLine,
  LedgerPosting,
  Unit,
  Household,
};
