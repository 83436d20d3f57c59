import type { FileView } from '@steward/files';
import type {
  ApprovalRow,
  ChangeRow,
  Connection,
  DeadlineRow,
  NotificationRow,
  PolicyFigureInForce,
  RefusalValue,
  SignatureRow,
} from '@steward/service-kit';

import type { BillingAccount as Account } from '../domain/billing-account.ts';
import type { Charge as ChargeRow, ChargeServiceLine as Line } from '../domain/charge.ts';
import type {
  ArrearsGroup as Arrears,
  ArrearsStatistics as AllArrears,
  ChargeTypeCollection as TypeCollection,
  CollectionReport as Report,
  CollectionStatistics as Collection,
} from '../domain/collection-report.ts';
import type {
  BookCheck as Check,
  BookReconciliation as Reconciliation,
  LedgerPeriod as Period,
} from '../domain/ledger-period.ts';
import type { LedgerAccountType as AccountType } from '../domain/ledger.ts';
import type { PostingView } from '../domain/posting-view.ts';
import type {
  AnnualBudget as Budget,
  PublishedAccounts as Publication,
  PublishedFigure as Figure,
} from '../domain/published-accounts.ts';
import type { BudgetComparison as Comparison } from '../db/budget-queries.ts';
import type { ReadingImported } from '../commands/import-meter-readings.ts';
import type { OpeningImported } from '../commands/import-opening-balances.ts';
import type { OpeningWithdrawn } from '../commands/withdraw-opening-balances.ts';
import type { GapRow, ReadingRow, ShareRow } from '../db/charging-list-queries.ts';
import type { ChargeLine as ChargeLineRow, PrepaidNotice as NoticeRow, RunTotal } from '../db/charging-loaders.ts';
import type { PrepaidSums } from '../db/meter-queries.ts';
import type { Apportionment as ApportionmentRow } from '../domain/apportionment.ts';
import type { ChargeRequest as RequestRow } from '../domain/charge-request.ts';
import type { ChargeRun as RunRow } from '../domain/charge-run.ts';
import type { Meter as MeterRow } from '../domain/meter.ts';
import type { OpeningImport as OpeningRow, Reconciled } from '../domain/opening.ts';
import type { Tariff as TariffRow } from '../domain/tariff.ts';
import type { Waiver as WaiverRow } from '../domain/waiver.ts';
import type { PrintedDocument as Printed, ProviderBill as BillDay } from '../db/counter-entities.ts';
import type {
  CashEntry as Entry,
  CashierSession as Session,
  CashVariance as Variance,
  TillLoan as Loan,
} from '../domain/cashier-session.ts';
import type { JournalView } from '../commands/cash-journal.ts';
import type { SafeJournalView } from '../commands/safe-journal.ts';
import type { CashMonth as Month } from '../domain/cash-month.ts';
import type { DoorCollection as Door } from '../domain/door-collection.ts';
import type { DunningCase as Case, DunningStep as Step } from '../domain/dunning-case.ts';
import type { Expenditure as Spending, ExpenditureLine as SpendingLine } from '../domain/expenditure.ts';
import type { ExpenseClaim as Claim, ExpenseClaimLine as ClaimLine } from '../domain/expense-claim.ts';
import type { Payment as PaymentRow, PaymentAllocation as Part } from '../domain/payment.ts';
import type { PaymentClearing as Clearing } from '../domain/payment-clearing.ts';
import type { DayDifference } from '../domain/provider-rules.ts';
import type { ProviderPayment as Order } from '../domain/provider-payment.ts';
import type { InvoiceRequest as Invoice, Receipt as Leaf } from '../domain/receipt.ts';
import type { Refund as RefundRow } from '../domain/refund.ts';
import type { SafeCheck as Safe } from '../domain/safe-check.ts';
import type { SafeEntry as SafeLine, SafeMovement as SafeMove } from '../domain/safe.ts';
import type { CodeValue } from './code-value.ts';

/** What stands behind a type of the graph where that is not the domain's row. */
export type ChangeConnection = Connection<ChangeRow>;
export type Deadline = DeadlineRow;
export type Approval = ApprovalRow;
export type File = FileView;
export type NotificationConnection = Connection<NotificationRow>;
export type Code = CodeValue;
export type Actor = { kind: 'staff' | 'person' | 'system'; id: string | null };
export type Refusal = RefusalValue;
export type BillingPolicyFigure = PolicyFigureInForce;

/** Entities of other services, and our own where only the id is known. */
type Stub = { id: string };
export type Community = Stub;
export type Unit = Stub;
export type Household = Stub;
export type Person = Stub;
export type Organisation = Stub;
export type Staff = Stub;

type Loaded<Name extends string> = Record<Name, Stub>;

/** ---- Ledger */
export type BillingAccountConnection = Connection<Account>;
export type ChargeConnection = Connection<ChargeRow>;
export type LedgerPosting = PostingView;
export type ReverseChargePayload = Loaded<'charge'>;
export type SetBillingPolicyPayload = { communityId: string };
export type LedgerPostingConnection = Connection<PostingView & { id: string }>;
export type BookReconciliationConnection = Connection<Reconciliation>;
export type LedgerPeriodConnection = Connection<Period>;
export type CollectionReportConnection = Connection<Report>;
export type PublishedAccountsConnection = Connection<Publication>;
export type AnnualBudgetConnection = Connection<Budget>;
export type CollectionStatistics = Collection & { communityId: string };
export type ChargeTypeCollection = TypeCollection & { communityId: string };
export type ArrearsStatistics = AllArrears & { communityId: string };
export type ArrearsGroup = Arrears & { communityId: string };
export type BookCheck = Check & { communityId: string };
export type BudgetComparison = Comparison & { communityId: string };
export type PublishedFigure = Figure & { accounts: Publication };
export type LedgerBalance = {
  accountType: AccountType;
  chargeTypeCode: string | null;
  balance: number;
  currency: string;
};
export type ReconcileBooksPayload = Loaded<'bookReconciliation'>;
export type CloseLedgerPeriodPayload = Loaded<'ledgerPeriod'>;
export type PublishAccountsPayload = Loaded<'publishedAccounts'>;
export type ReviewCollectionReportPayload = Loaded<'collectionReport'>;
export type DraftAnnualBudgetPayload = Loaded<'annualBudget'>;
export type ApproveAnnualBudgetPayload = Loaded<'annualBudget'>;
export type ChargeServiceLine = Line & { currency: string };

/** ---- Charging */
export type TariffConnection = Connection<TariffRow>;
export type MeterConnection = Connection<MeterRow>;
export type ApportionmentConnection = Connection<ApportionmentRow>;
export type ChargeRunConnection = Connection<RunRow>;
export type ChargeRequestConnection = Connection<RequestRow>;
export type RequestChargePayload = Loaded<'chargeRequest'>;
export type DecideChargeRequestPayload = Loaded<'chargeRequest'>;
export type WithdrawChargeRequestPayload = Loaded<'chargeRequest'>;
export type WaiverConnection = Connection<WaiverRow>;
export type RequestWaiverPayload = Loaded<'waiver'>;
export type DecideWaiverPayload = Loaded<'waiver'>;
export type WithdrawWaiverPayload = Loaded<'waiver'>;
export type ReverseWaiverPayload = Loaded<'waiver'>;
export type OpeningImportConnection = Connection<OpeningRow>;
export type BillingMeterReading = ReadingRow;
export type BillingMeterReadingConnection = Connection<ReadingRow>;
export type MeterReadingImport = ReadingImported;
export type ApportionmentShare = ShareRow & { currency: string };
export type ApportionmentShareConnection = Connection<ShareRow & { currency: string }>;
export type ChargeRunGap = GapRow;
export type ChargeRunGapConnection = Connection<GapRow>;
export type ChargeRunTotal = RunTotal & { currency: string };
export type ChargeLine = ChargeLineRow;
export type ChargeLineConnection = Connection<ChargeLineRow>;
export type PrepaidNotice = NoticeRow & { currency: string };
export type PrepaidSummary = PrepaidSums & { currency: string };
export type OpeningReconciliation = Reconciled;
export type OpeningBalanceImport = OpeningImported;
export type Place = Stub;
export type DraftTariffPayload = Loaded<'tariff'>;
export type ApproveTariffPayload = Loaded<'tariff'>;
export type EndTariffPayload = Loaded<'tariff'>;
export type WithdrawTariffPayload = Loaded<'tariff'>;
export type RegisterMeterPayload = Loaded<'meter'>;
export type ReadMeterPayload = Loaded<'meter'>;
export type VoidMeterReadingPayload = Loaded<'meter'>;
export type RemoveMeterPayload = Loaded<'meter'>;
export type TopUpMeterPayload = Loaded<'meter' | 'payment'>;
export type ComputeApportionmentPayload = Loaded<'apportionment'>;
export type ConfirmApportionmentPayload = Loaded<'apportionment'>;
export type DiscardApportionmentPayload = Loaded<'apportionment'>;
export type ReverseApportionmentPayload = Loaded<'apportionment'>;
export type StartChargeRunPayload = Loaded<'chargeRun'>;
export type PostChargeRunPayload = Loaded<'chargeRun'>;
export type DiscardChargeRunPayload = Loaded<'chargeRun'>;
export type ReverseChargeRunPayload = Loaded<'chargeRun'>;
export type AmendOpeningImportPayload = Loaded<'openingImport'>;
export type WithdrawOpeningBalancesPayload = Loaded<'openingImport'> & { results: OpeningWithdrawn[] };
export type OpeningBalanceWithdrawal = OpeningWithdrawn;
export type OpenOpeningImportPayload = Loaded<'openingImport'>;
export type ImportOpeningBalancesPayload = Loaded<'openingImport'> & { results: OpeningImported[] };
export type CloseOpeningImportPayload = Loaded<'openingImport'>;

/** ---- Counter */
export type PaymentConnection = Connection<PaymentRow>;
export type DoorCollectionConnection = Connection<Door>;
export type CashierSessionConnection = Connection<Session>;
export type SafeCheckConnection = Connection<Safe>;
export type SafeMovementConnection = Connection<SafeMove>;
export type SafeJournal = SafeJournalView;
export type SafeEntry = SafeLine & { currency: string };
export type CashMonthConnection = Connection<Month>;
export type RefundConnection = Connection<RefundRow>;
export type ExpenseClaimConnection = Connection<Claim>;
export type ExpenditureConnection = Connection<Spending>;
export type ExpenditureLine = SpendingLine & { currency: string };
export type DunningCaseConnection = Connection<Case>;
export type ProviderPaymentConnection = Connection<Order>;
export type Signature = SignatureRow;
export type PrintedDocument = Pick<Printed, 'fileId'>;
export type PaymentAllocation = Part & { currency: string };
export type PaymentClearing = Clearing & { currency: string };
export type Receipt = Leaf;
export type InvoiceRequest = Invoice & { communityId: string };
export type CashVariance = Variance & { currency: string };
export type CashEntry = Entry & { currency: string };
export type TillLoan = Loan & { currency: string };
export type ExpenseClaimLine = ClaimLine & { currency: string };
export type DunningStep = Step & { currency: string };
export type CashJournal = JournalView;
export type ProviderBill = BillDay & { currency: string };
export type ProviderBillDifference = DayDifference & { currency: string };
export type RecordPaymentPayload = Loaded<'payment'>;
export type VoidPaymentPayload = Loaded<'payment'> & { reopenedCharges: Stub[] };
export type BounceMeansPayload = Loaded<'payment'> & { reopenedCharges: Stub[] };
export type ClearMeansPayload = { payments: Stub[] };
export type ApplyAdvancePayload = Loaded<'billingAccount'>;
export type PrintReceiptPayload = Loaded<'payment'> & { document: Pick<Printed, 'fileId'> };
export type PrintDoorReceiptPayload = Loaded<'doorCollection'> & { document: Pick<Printed, 'fileId'> };
export type PrintBillPayload = Loaded<'billingAccount'> & { document: Pick<Printed, 'fileId'> };
export type PrintServiceSlipPayload = Loaded<'charge'> & { document: Pick<Printed, 'fileId'> };
export type RequestInvoicePayload = Loaded<'payment'>;
export type IssueInvoicePayload = Loaded<'payment'>;
export type AgreeDoorCollectionPayload = Loaded<'doorCollection'>;
export type CollectAtDoorPayload = Loaded<'doorCollection'>;
export type FailDoorCollectionPayload = Loaded<'doorCollection'>;
export type OpenCashierSessionPayload = Loaded<'cashierSession'>;
export type CountTillPayload = Loaded<'cashierSession'>;
export type DropCashPayload = Loaded<'cashierSession'>;
export type HandInCashPayload = Loaded<'cashierSession'>;
export type MakeGoodCashShortagePayload = Loaded<'cashierSession'>;
export type RequestTillLoanPayload = Loaded<'cashierSession'>;
export type DecideTillLoanPayload = Loaded<'cashierSession'>;
export type RepayTillLoanPayload = Loaded<'cashierSession'>;
export type CheckSafePayload = Loaded<'safeCheck'>;
export type RecordSafeMovementPayload = Loaded<'safeMovement'>;
export type DecideSafeMovementPayload = Loaded<'safeMovement'>;
export type CloseCashMonthPayload = Loaded<'cashMonth'>;
export type RequestRefundPayload = Loaded<'refund'>;
export type DecideRefundPayload = Loaded<'refund'>;
export type WithdrawRefundPayload = Loaded<'refund'>;
export type PayRefundPayload = Loaded<'refund'>;
export type SubmitExpenseClaimPayload = Loaded<'expenseClaim'>;
export type CheckExpenseClaimPayload = Loaded<'expenseClaim'>;
export type DecideExpenseClaimPayload = Loaded<'expenseClaim'>;
export type PayExpenseClaimPayload = Loaded<'expenseClaim'>;
export type RecordExpenditurePayload = Loaded<'expenditure'>;
export type DecideExpenditurePayload = Loaded<'expenditure'>;
export type PayExpenditurePayload = Loaded<'expenditure'>;
export type ReverseExpenditurePayload = Loaded<'expenditure'>;
export type FindDunningCausePayload = Loaded<'dunningCase'>;
export type RemindDebtorPayload = Loaded<'dunningCase'>;
export type PrintFormalLetterPayload = Loaded<'dunningCase'> & { document: Pick<Printed, 'fileId'> };
export type SendFormalLetterPayload = Loaded<'dunningCase'>;
export type VisitDebtorPayload = Loaded<'dunningCase'>;
export type HandDebtToLegalPayload = Loaded<'dunningCase'>;
export type StartProviderPaymentPayload = Loaded<'providerPayment'>;
