import { agreeDoorCollection } from '../commands/agree-door-collection.ts';
import { applyAdvance } from '../commands/apply-advance.ts';
import { bounceMeans } from '../commands/bounce-means.ts';
import { checkExpenseClaim } from '../commands/check-expense-claim.ts';
import { checkSafe } from '../commands/check-safe.ts';
import { clearMeans } from '../commands/clear-means.ts';
import { closeCashMonth } from '../commands/close-cash-month.ts';
import { collectAtDoor } from '../commands/collect-at-door.ts';
import { countTill } from '../commands/count-till.ts';
import { createBillingUpload } from '../commands/create-billing-upload.ts';
import { decideExpenditure } from '../commands/decide-expenditure.ts';
import { decideExpenseClaim } from '../commands/decide-expense-claim.ts';
import { decideRefund } from '../commands/decide-refund.ts';
import { decideSafeMovement } from '../commands/decide-safe-movement.ts';
import { decideTillLoan } from '../commands/decide-till-loan.ts';
import { dropCash } from '../commands/drop-cash.ts';
import { failDoorCollection } from '../commands/fail-door-collection.ts';
import { findDunningCause } from '../commands/find-dunning-cause.ts';
import { handDebtToLegal } from '../commands/hand-debt-to-legal.ts';
import { handInCash } from '../commands/hand-in-cash.ts';
import { issueInvoice } from '../commands/issue-invoice.ts';
import { makeGoodCashShortage } from '../commands/make-good-cash-shortage.ts';
import { openCashierSession } from '../commands/open-cashier-session.ts';
import { payExpenditure } from '../commands/pay-expenditure.ts';
import { payExpenseClaim } from '../commands/pay-expense-claim.ts';
import { payRefund } from '../commands/pay-refund.ts';
import { printBill } from '../commands/print-bill.ts';
import { printDoorReceipt } from '../commands/print-door-receipt.ts';
import { printFormalLetter } from '../commands/print-formal-letter.ts';
import { printReceipt } from '../commands/print-receipt.ts';
import { printServiceSlip } from '../commands/print-service-slip.ts';
import { recordExpenditure } from '../commands/record-expenditure.ts';
import { recordPayment } from '../commands/record-payment.ts';
import { recordSafeMovement } from '../commands/record-safe-movement.ts';
import { remindDebtor } from '../commands/remind-debtor.ts';
import { repayTillLoan } from '../commands/repay-till-loan.ts';
import { requestInvoice } from '../commands/request-invoice.ts';
import { requestRefund } from '../commands/request-refund.ts';
import { requestTillLoan } from '../commands/request-till-loan.ts';
import { reverseExpenditure } from '../commands/reverse-expenditure.ts';
import { sendFormalLetter } from '../commands/send-formal-letter.ts';
import { setProviderAccount } from '../commands/set-provider-account.ts';
import { startProviderPayment } from '../commands/start-provider-payment.ts';
import { submitExpenseClaim } from '../commands/submit-expense-claim.ts';
import { visitDebtor } from '../commands/visit-debtor.ts';
import { voidPayment } from '../commands/void-payment.ts';
import { withdrawRefund } from '../commands/withdraw-refund.ts';
import type { BillingContext } from '../db/loaders.ts';
import type { MutationResolvers } from './generated.ts';

const takenBack = ({ id, reopened }: { id: string; reopened?: string[] }) => ({
  payment: { id },
  reopenedCharges: (reopened ?? []).map((chargeId) => ({ id: chargeId })),
});

/** Commands answer ids; the payload loads what a client selects. */
export const counterMutations: MutationResolvers<BillingContext> = {
  recordPayment: async (_parent, { input }, ctx) => ({ payment: await ctx.command(recordPayment, input) }),
  voidPayment: async (_parent, { input }, ctx) => takenBack(await ctx.command(voidPayment, input)),
  clearMeans: async (_parent, { input }, ctx) => {
    const { ids } = await ctx.command(clearMeans, input);
    return { payments: ids.map((id) => ({ id })) };
  },
  bounceMeans: async (_parent, { input }, ctx) => takenBack(await ctx.command(bounceMeans, input)),
  applyAdvance: async (_parent, { input }, ctx) => ({ billingAccount: await ctx.command(applyAdvance, input) }),
  printReceipt: async (_parent, { input }, ctx) => {
    const printed = await ctx.command(printReceipt, input);
    return { payment: printed, document: printed };
  },
  printBill: async (_parent, { input }, ctx) => {
    const printed = await ctx.command(printBill, input);
    return { billingAccount: printed, document: printed };
  },
  printServiceSlip: async (_parent, { input }, ctx) => {
    const printed = await ctx.command(printServiceSlip, input);
    return { charge: printed, document: printed };
  },
  requestInvoice: async (_parent, { input }, ctx) => ({ payment: await ctx.command(requestInvoice, input) }),
  issueInvoice: async (_parent, { input }, ctx) => ({ payment: await ctx.command(issueInvoice, input) }),
  createBillingUpload: async (_parent, { input }, ctx) => ({ upload: await ctx.command(createBillingUpload, input) }),
  agreeDoorCollection: async (_parent, { input }, ctx) => ({
    doorCollection: await ctx.command(agreeDoorCollection, input),
  }),
  printDoorReceipt: async (_parent, { input }, ctx) => {
    const printed = await ctx.command(printDoorReceipt, input);
    return { doorCollection: printed, document: printed };
  },
  collectAtDoor: async (_parent, { input }, ctx) => ({ doorCollection: await ctx.command(collectAtDoor, input) }),
  failDoorCollection: async (_parent, { input }, ctx) => ({
    doorCollection: await ctx.command(failDoorCollection, input),
  }),
  openCashierSession: async (_parent, { input }, ctx) => ({
    cashierSession: await ctx.command(openCashierSession, input),
  }),
  countTill: async (_parent, { input }, ctx) => ({ cashierSession: await ctx.command(countTill, input) }),
  dropCash: async (_parent, { input }, ctx) => ({ cashierSession: await ctx.command(dropCash, input) }),
  handInCash: async (_parent, { input }, ctx) => ({ cashierSession: await ctx.command(handInCash, input) }),
  makeGoodCashShortage: async (_parent, { input }, ctx) => ({
    cashierSession: await ctx.command(makeGoodCashShortage, input),
  }),
  requestTillLoan: async (_parent, { input }, ctx) => ({ cashierSession: await ctx.command(requestTillLoan, input) }),
  decideTillLoan: async (_parent, { input }, ctx) => ({ cashierSession: await ctx.command(decideTillLoan, input) }),
  repayTillLoan: async (_parent, { input }, ctx) => ({ cashierSession: await ctx.command(repayTillLoan, input) }),
  checkSafe: async (_parent, { input }, ctx) => ({ safeCheck: await ctx.command(checkSafe, input) }),
  recordSafeMovement: async (_parent, { input }, ctx) => ({
    safeMovement: await ctx.command(recordSafeMovement, input),
  }),
  decideSafeMovement: async (_parent, { input }, ctx) => ({
    safeMovement: await ctx.command(decideSafeMovement, input),
  }),
  closeCashMonth: async (_parent, { input }, ctx) => ({ cashMonth: await ctx.command(closeCashMonth, input) }),
  requestRefund: async (_parent, { input }, ctx) => ({ refund: await ctx.command(requestRefund, input) }),
  decideRefund: async (_parent, { input }, ctx) => ({ refund: await ctx.command(decideRefund, input) }),
  withdrawRefund: async (_parent, { input }, ctx) => ({ refund: await ctx.command(withdrawRefund, input) }),
  payRefund: async (_parent, { input }, ctx) => ({ refund: await ctx.command(payRefund, input) }),
  submitExpenseClaim: async (_parent, { input }, ctx) => ({
    expenseClaim: await ctx.command(submitExpenseClaim, input),
  }),
  checkExpenseClaim: async (_parent, { input }, ctx) => ({ expenseClaim: await ctx.command(checkExpenseClaim, input) }),
  decideExpenseClaim: async (_parent, { input }, ctx) => ({
    expenseClaim: await ctx.command(decideExpenseClaim, input),
  }),
  payExpenseClaim: async (_parent, { input }, ctx) => ({ expenseClaim: await ctx.command(payExpenseClaim, input) }),
  recordExpenditure: async (_parent, { input }, ctx) => ({ expenditure: await ctx.command(recordExpenditure, input) }),
  decideExpenditure: async (_parent, { input }, ctx) => ({ expenditure: await ctx.command(decideExpenditure, input) }),
  payExpenditure: async (_parent, { input }, ctx) => ({ expenditure: await ctx.command(payExpenditure, input) }),
  reverseExpenditure: async (_parent, { input }, ctx) => ({
    expenditure: await ctx.command(reverseExpenditure, input),
  }),
  findDunningCause: async (_parent, { input }, ctx) => ({ dunningCase: await ctx.command(findDunningCause, input) }),
  remindDebtor: async (_parent, { input }, ctx) => ({ dunningCase: await ctx.command(remindDebtor, input) }),
  printFormalLetter: async (_parent, { input }, ctx) => {
    const printed = await ctx.command(printFormalLetter, input);
    return { dunningCase: printed, document: printed };
  },
  sendFormalLetter: async (_parent, { input }, ctx) => ({ dunningCase: await ctx.command(sendFormalLetter, input) }),
  visitDebtor: async (_parent, { input }, ctx) => ({ dunningCase: await ctx.command(visitDebtor, input) }),
  handDebtToLegal: async (_parent, { input }, ctx) => ({ dunningCase: await ctx.command(handDebtToLegal, input) }),
  setProviderAccount: async (_parent, { input }, ctx) => {
    await ctx.command(setProviderAccount, input);
    return { isSet: true };
  },
  startProviderPayment: async (_parent, { input }, ctx) => ({
    providerPayment: await ctx.command(startProviderPayment, input),
  }),
};
