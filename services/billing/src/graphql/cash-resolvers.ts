import { availableActions, historyOf, loaded } from '@steward/service-kit';

import {
  judgeCashierSession,
  judgeCashMonth,
  judgeSafeCheck,
  judgeSafeMovement,
} from '../commands/judge-counter-actions.ts';
import type { BillingContext } from '../db/loaders.ts';
import { communityOfBooks } from '../db/reference-queries.ts';
import { filesOf, money, optionalMoney, stub } from './counter-values.ts';
import type {
  CashEntryResolvers,
  CashierSessionResolvers,
  CashJournalResolvers,
  CashMonthResolvers,
  CashVarianceResolvers,
  SafeCheckResolvers,
  SafeEntryResolvers,
  SafeJournalResolvers,
  SafeMovementResolvers,
  TillLoanResolvers,
} from './generated.ts';

const inCurrency = <Row extends object>(found: readonly Row[], currency: string) =>
  found.map((row) => ({ ...row, currency }));

const CashierSession: CashierSessionResolvers<BillingContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.cashierSession.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  cashier: ({ cashierId }) => ({ id: cashierId }),
  float: ({ floatAmount, currency }) => money(floatAmount, currency),
  takenOverFrom: ({ takenOverFrom: id }, _args, ctx) => (id === null ? null : ctx.loaders.cashierSession.load(id)),
  inTill: async ({ id, currency }, _args, ctx) => money(await loaded(ctx.loaders.inTill.load(id)), currency),
  expected: ({ expectedAmount, currency }) => optionalMoney(expectedAmount, currency),
  counted: ({ countedAmount, currency }) => optionalMoney(countedAmount, currency),
  variances: async ({ id, currency }, _args, ctx) => inCurrency(await ctx.loaders.variancesOf.load(id), currency),
  loans: async ({ id, currency }, _args, ctx) => inCurrency(await ctx.loaders.loansOf.load(id), currency),
  entries: async ({ id, currency }, _args, ctx) => inCurrency(await ctx.loaders.cashEntriesOf.load(id), currency),
  floatLeft: ({ floatLeft, currency }) => optionalMoney(floatLeft, currency),
  dropped: ({ dropAmount, currency }) => optionalMoney(dropAmount, currency),
  witness: ({ witnessId }) => stub(witnessId),
  signatures: ({ id }, _args, ctx) => ctx.loaders.counterSignatures.load(id),
  receivedBy: ({ receivedBy }) => stub(receivedBy),
  deadlines: ({ id }, _args, ctx) => ctx.loaders.counterDeadlines.load(id),
  availableActions: (session, _args, ctx) =>
    availableActions(ctx, { communityId: session.communityId }, judgeCashierSession(session)),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const CashVariance: CashVarianceResolvers<BillingContext> = {
  amount: ({ amount, currency }) => money(amount, currency),
};
const CashEntry: CashEntryResolvers<BillingContext> = { amount: ({ amount, currency }) => money(amount, currency) };

const TillLoan: TillLoanResolvers<BillingContext> = {
  amount: ({ amount, currency }) => money(amount, currency),
  borrower: ({ borrowerId }) => ({ id: borrowerId }),
  purpose: ({ purposeSealed }, _args, ctx) => ctx.open(purposeSealed),
};

const currencyOf = async (ctx: BillingContext, communityId: string): Promise<string> =>
  (await ctx.read((tx) => communityOfBooks(tx, communityId))).currency;

const SafeMovement: SafeMovementResolvers<BillingContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.safeMovement.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  amount: ({ amount, currency }) => money(amount, currency),
  proofs: ({ proofFileIds }, _args, ctx) => filesOf(ctx, proofFileIds),
  recordedBy: ({ recordedByStaff }) => ({ id: recordedByStaff }),
  decidedBy: ({ decidedByStaff }) => stub(decidedByStaff),
  availableActions: (movement, _args, ctx) =>
    availableActions(ctx, { communityId: movement.communityId }, judgeSafeMovement(movement, ctx.viewer.sub)),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const SafeEntry: SafeEntryResolvers<BillingContext> = { amount: ({ amount, currency }) => money(amount, currency) };

const SafeJournal: SafeJournalResolvers<BillingContext> = {
  opening: ({ opening, currency }) => money(opening, currency),
  received: ({ received, currency }) => money(received, currency),
  paidOut: ({ paidOut, currency }) => money(paidOut, currency),
  closing: ({ closing, currency }) => money(closing, currency),
  inSafe: ({ inSafe, currency }) => money(inSafe, currency),
  entries: ({ entries, currency }) => inCurrency(entries, currency),
};

const SafeCheck: SafeCheckResolvers<BillingContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.safeCheck.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  checkedBy: ({ checkedBy }) => stub(checkedBy),
  inBooks: async ({ bookAmount, communityId }, _args, ctx) =>
    optionalMoney(bookAmount, await currencyOf(ctx, communityId)),
  counted: async ({ countedAmount, communityId }, _args, ctx) =>
    optionalMoney(countedAmount, await currencyOf(ctx, communityId)),
  deadlines: ({ id }, _args, ctx) => ctx.loaders.counterDeadlines.load(id),
  availableActions: (check, _args, ctx) =>
    availableActions(ctx, { communityId: check.communityId }, judgeSafeCheck(check)),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const CashMonth: CashMonthResolvers<BillingContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.cashMonth.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  opening: ({ openingAmount, currency }) => optionalMoney(openingAmount, currency),
  received: ({ receivedAmount, currency }) => optionalMoney(receivedAmount, currency),
  paidOut: ({ paidOutAmount, currency }) => optionalMoney(paidOutAmount, currency),
  closing: ({ closingAmount, currency }) => optionalMoney(closingAmount, currency),
  closedBy: ({ closedBy }) => stub(closedBy),
  deadlines: ({ id }, _args, ctx) => ctx.loaders.counterDeadlines.load(id),
  availableActions: (month, _args, ctx) =>
    availableActions(ctx, { communityId: month.communityId }, judgeCashMonth(month)),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const CashJournal: CashJournalResolvers<BillingContext> = {
  opening: ({ opening, currency }) => money(opening, currency),
  received: ({ received, currency }) => money(received, currency),
  paidOut: ({ paidOut, currency }) => money(paidOut, currency),
  closing: ({ closing, currency }) => money(closing, currency),
};

export const cashTypes = {
  CashierSession,
  CashVariance,
  CashEntry,
  TillLoan,
  SafeCheck,
  SafeMovement,
  SafeJournal,
  SafeEntry,
  CashMonth,
  CashJournal,
};
