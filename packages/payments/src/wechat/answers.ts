import { z } from 'zod';

import type { OrderState, RefundState } from '../payment-provider.ts';

/** Answers and notices of the provider; what is not named is of no use to us and is dropped, the payer's id too. */
export const transaction = z.object({
  out_trade_no: z.string(),
  transaction_id: z.string().nullish(),
  trade_state: z.enum(['SUCCESS', 'REFUND', 'NOTPAY', 'CLOSED', 'REVOKED', 'USERPAYING', 'PAYERROR']),
  success_time: z.string().nullish(),
  amount: z.object({ total: z.int(), currency: z.string().default('CNY') }).nullish(),
});

const orderStates = {
  SUCCESS: 'PAID',
  REFUND: 'REFUNDED',
  NOTPAY: 'OPEN',
  USERPAYING: 'OPEN',
  CLOSED: 'CLOSED',
  REVOKED: 'CLOSED',
  PAYERROR: 'FAILED',
} as const;

export const orderState = (answer: z.infer<typeof transaction>): OrderState => ({
  orderNumber: answer.out_trade_no,
  state: orderStates[answer.trade_state],
  transactionNumber: answer.transaction_id ?? null,
  amount: answer.amount?.total ?? 0,
  currency: answer.amount?.currency ?? 'CNY',
  paidAt: answer.success_time == null || answer.success_time === '' ? null : new Date(answer.success_time),
});

/** Calls answer `status`, notices `refund_status`. */
export const refund = z.object({
  out_trade_no: z.string(),
  out_refund_no: z.string(),
  status: z.string().optional(),
  refund_status: z.string().optional(),
  success_time: z.string().nullish(),
  amount: z.object({ refund: z.int() }),
});

const refundStates: Record<string, RefundState['state']> = {
  SUCCESS: 'DONE',
  CLOSED: 'CLOSED',
  PROCESSING: 'PROCESSING',
  ABNORMAL: 'FAILED',
};

export const refundState = (answer: z.infer<typeof refund>): RefundState => ({
  orderNumber: answer.out_trade_no,
  refundNumber: answer.out_refund_no,
  state: refundStates[answer.status ?? answer.refund_status ?? ''] ?? 'FAILED',
  amount: answer.amount.refund,
  doneAt: answer.success_time == null || answer.success_time === '' ? null : new Date(answer.success_time),
});

export const notice = z.object({
  id: z.string(),
  event_type: z.string(),
  resource: z.object({
    algorithm: z.string(),
    ciphertext: z.string(),
    associated_data: z.string().nullish(),
    nonce: z.string(),
  }),
});

export const codeUrl = z.object({ code_url: z.string() });
export const billLink = z.object({ hash_type: z.string(), hash_value: z.string(), download_url: z.url() });
export const failure = z.object({ code: z.string().regex(/^[A-Z0-9_]{1,64}$/) });
