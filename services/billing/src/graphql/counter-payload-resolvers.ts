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
  | 'expenseClaim'
  | 'payment'
  | 'providerPayment'
  | 'refund'
  | 'safeCheck';

/** A command answers an id; the payload loads what a client selects. */
const payloadOf = <N extends Name>(name: N) => ({
  [name]: (payload: Record<N, Stub>, _args: unknown, ctx: BillingContext) =>
    loaded(ctx.loaders[name].load(payload[name].id) as Promise<Stub | null>),
});

const session = payloadOf('cashierSession');
const claim = payloadOf('expenseClaim');
const dunning = payloadOf('dunningCase');
const door = payloadOf('doorCollection');
const payment = payloadOf('payment');
const refund = payloadOf('refund');

const PrintedDocument = {
  file: ({ fileId }: { fileId: string }, _args: unknown, ctx: BillingContext) => loaded(ctx.loaders.file.load(fileId)),
};

const RecordPaymentPayload = {
  ...payment,
  spoken: async (payload: { payment: Stub }, _args: unknown, ctx: BillingContext) =>
    spokenWords(ctx, await loaded(ctx.loaders.payment.load(payload.payment.id))),
};

export const payloadTypes = {
  PrintedDocument,
  RecordPaymentPayload,
  VoidPaymentPayload: payment,
  PrintReceiptPayload: payment,
  RequestInvoicePayload: payment,
  IssueInvoicePayload: payment,
  ApplyAdvancePayload: payloadOf('billingAccount'),
  PrintBillPayload: payloadOf('billingAccount'),
  PrintServiceSlipPayload: payloadOf('charge'),
  AgreeDoorCollectionPayload: door,
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
  CloseCashMonthPayload: payloadOf('cashMonth'),
  RequestRefundPayload: refund,
  DecideRefundPayload: refund,
  PayRefundPayload: refund,
  SubmitExpenseClaimPayload: claim,
  CheckExpenseClaimPayload: claim,
  DecideExpenseClaimPayload: claim,
  PayExpenseClaimPayload: claim,
  FindDunningCausePayload: dunning,
  RemindDebtorPayload: dunning,
  PrintFormalLetterPayload: dunning,
  SendFormalLetterPayload: dunning,
  VisitDebtorPayload: dunning,
  HandDebtToLegalPayload: dunning,
  StartProviderPaymentPayload: payloadOf('providerPayment'),
};
