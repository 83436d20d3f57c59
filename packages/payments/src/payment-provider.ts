/** What is to be paid: our number, which makes a repetition the same order, and where the provider tells what became of it. */
export type PaymentOrder = {
  orderNumber: string;
  description: string;
  amount: number;
  currency: string;
  expiresAt: Date;
  notifyUrl: string;
};

export type OrderState = {
  orderNumber: string;
  state: 'OPEN' | 'PAID' | 'CLOSED' | 'REFUNDED' | 'FAILED';
  /** The provider's own number; null while nothing was paid. */
  transactionNumber: string | null;
  amount: number;
  currency: string;
  paidAt: Date | null;
};

export type RefundOrder = {
  orderNumber: string;
  refundNumber: string;
  amount: number;
  /** Of the order. */
  total: number;
  currency: string;
  notifyUrl: string;
};

export type RefundState = {
  orderNumber: string;
  refundNumber: string;
  state: 'PROCESSING' | 'DONE' | 'CLOSED' | 'FAILED';
  amount: number;
  doneAt: Date | null;
};

/** What the provider tells by itself; verified and decrypted. It may come twice, late, and out of order. */
export type ProviderNotice =
  { id: string; kind: 'PAYMENT'; order: OrderState } | { id: string; kind: 'REFUND'; refund: RefundState };

/** A line of the daily reconciliation file. */
export type BillLine = {
  kind: 'PAYMENT' | 'REFUND';
  orderNumber: string;
  /** Null for payments. */
  refundNumber: string | null;
  transactionNumber: string;
  amount: number;
  currency: string;
  fee: number;
};

/** A way to be paid from a telephone. Every call may be repeated: our numbers tell the provider what it knows already. */
export type PaymentProvider = {
  /** Announces an order; answers what the payer scans. */
  createOrder(order: PaymentOrder): Promise<{ codeUrl: string }>;
  queryOrder(orderNumber: string): Promise<OrderState>;
  closeOrder(orderNumber: string): Promise<void>;
  refund(refund: RefundOrder): Promise<RefundState>;
  queryRefund(refundNumber: string): Promise<RefundState>;
  /** All payments and refunds of a day `YYYY-MM-DD` of the provider, as it accounts for them. */
  dailyBill(day: string): Promise<BillLine[]>;
  /** Refuses what was not signed by the provider, was changed on the way, or is old. */
  readNotice(headers: Record<string, string | undefined>, body: string): Promise<ProviderNotice>;
};

/** A call that the provider refused, or an answer that cannot be trusted. Never holds what was sent. */
export class ProviderError extends Error {
  override readonly name = 'ProviderError';
  readonly code: string;
  /** HTTP status; 0 where there was no answer. */
  readonly status: number;

  constructor(code: string, status = 0) {
    super(code);
    this.code = code;
    this.status = status;
  }

  /** Whether the same call may succeed later. */
  get isTemporary(): boolean {
    return this.code === 'PROVIDER_UNREACHABLE' || this.status === 429 || this.status >= 500;
  }
}
