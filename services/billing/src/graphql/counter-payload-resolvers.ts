import { DomainError } from '@steward/core';
import { loaded } from '@steward/service-kit';

import { spokenWords } from '../commands/spoken-words.ts';
import type { BillingContext } from '../db/loaders.ts';

type Stub = { id: string };
type Name =
  | 'billingAccount'
  | 'cashierSession'
  | 'cashMonth'
  | 'charge'
  | 'doorCollection'
  | 'dunningCase'
  | 'expenditure'
  | 'expenseClaim'
  | 'payment'
  | 'providerPayment'
  | 'refund'
  | 'safeCheck'
  | 'safeMovement';

/** A command answers an id; the payload loads what a client selects. */
const payloadOf = <N extends Name>(name: N) => ({
  [name]: (payload: Record<N, Stub>, _args: unknown, ctx: BillingContext) =>
    loaded(ctx.loaders[name].load(payload[name].id) as Promise<Stub | null>),
});

const session = payloadOf('cashierSession');
const claim = payloadOf('expenseClaim');
const expenditure = payloadOf('expenditure');
const dunning = payloadOf('dunningCase');
const door = payloadOf('doorCollection');
const payment = payloadOf('payment');
const refund = payloadOf('refund');

const PrintedDocument = {
  // A call that is repeated with its key answers the first print, which may be erased by now.
  file: async ({ fileId }: { fileId: string }, _args: unknown, ctx: BillingContext) => {
    const file = await ctx.loaders.file.load(fileId);
    if (file === null) throw new DomainError('CONFLICT', 'FILE_ERASED', { rule: 'B017' });
    return file;
  },
};

/** Of money that was taken: the payment, and what is said with its receipt. */
export const paymentPayload = {
  ...payment,
  spoken: async (payload: { payment: Stub }, _args: unknown, ctx: BillingContext) =>
    spokenWords(ctx, await loaded(ctx.loaders.payment.load(payload.payment.id))),
};

/** Of money that never came: the payment, and what it had paid by the advance that it made. */
const takenBack = {
  ...payment,
  reopenedCharges: ({ reopenedCharges }: { reopenedCharges: Stub[] }, _args: unknown, ctx: BillingContext) =>
    Promise.all(reopenedCharges.map(({ id }) => loaded(ctx.loaders.charge.load(id)))),
};

export const payloadTypes = {
  PrintedDocument,
  RecordPaymentPayload: paymentPayload,
  VoidPaymentPayload: takenBack,
  BounceMeansPayload: takenBack,
  ClearMeansPayload: {
    payments: ({ payments }: { payments: Stub[] }, _args: unknown, ctx: BillingContext) =>
      Promise.all(payments.map(({ id }) => loaded(ctx.loaders.payment.load(id)))),
  },
  PrintReceiptPayload: payment,
  RequestInvoicePayload: payment,
  IssueInvoicePayload: payment,
  ApplyAdvancePayload: payloadOf('billingAccount'),
  PrintBillPayload: payloadOf('billingAccount'),
  PrintServiceSlipPayload: payloadOf('charge'),
  AgreeDoorCollectionPayload: door,
  PrintDoorReceiptPayload: door,
  CollectAtDoorPayload: door,
  FailDoorCollectionPayload: door,
  OpenCashierSessionPayload: session,
  CountTillPayload: session,
  DropCashPayload: session,
  HandInCashPayload: session,
  MakeGoodCashShortagePayload: session,
  RequestTillLoanPayload: session,
  DecideTillLoanPayload: session,
  RepayTillLoanPayload: session,
  CheckSafePayload: payloadOf('safeCheck'),
  RecordSafeMovementPayload: payloadOf('safeMovement'),
  DecideSafeMovementPayload: payloadOf('safeMovement'),
  CloseCashMonthPayload: payloadOf('cashMonth'),
  RequestRefundPayload: refund,
  DecideRefundPayload: refund,
  WithdrawRefundPayload: refund,
  PayRefundPayload: refund,
  SubmitExpenseClaimPayload: claim,
  CheckExpenseClaimPayload: claim,
  DecideExpenseClaimPayload: claim,
  PayExpenseClaimPayload: claim,
  RecordExpenditurePayload: expenditure,
  DecideExpenditurePayload: expenditure,
  PayExpenditurePayload: expenditure,
  ReverseExpenditurePayload: expenditure,
  FindDunningCausePayload: dunning,
  RemindDebtorPayload: dunning,
  PrintFormalLetterPayload: dunning,
  SendFormalLetterPayload: dunning,
  VisitDebtorPayload: dunning,
  HandDebtToLegalPayload: dunning,
  StartProviderPaymentPayload: payloadOf('providerPayment'),
};
