/** A payment by telephone: an order at the provider 微信支付. */
export type ProviderPayment = {
  id: string;
  tenantId: string;
  communityId: string;
  number: string;
  version: number;
  createdAt: Date;
  status: 'PREPARING' | 'READY' | 'PAID' | 'CLOSED' | 'FAILED';
  billingAccountId: string;
  householdId: string | null;
  amount: number;
  currency: string;
  /** Whose order it is at the provider; null: from before merchants were kept. */
  merchantId: string | null;
  /** What the payer scans. */
  codeUrl: string | null;
  expiresAt: Date;
  transactionNumber: string | null;
  paidAt: Date | null;
  paymentId: string | null;
  failure: string | null;
};
