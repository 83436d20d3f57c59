import { prepared, rows, type Tx } from '@steward/db';

import type { SignedBill } from '../domain/clearing-rules.ts';

// A bill for a charge that was taken back is nobody's debt; whoever keeps the books decides about it.
const signedBills = prepared(`
  select p.id, p.billing_account_id as "billingAccountId", p.amount
    from payment p
    left join lateral (
      select min(coalesce(c.due_on, c.occurred_on)) as due_on, bool_or(c.status = 'REVERSED') as is_reversed
        from payment_allocation a join charge c on c.id = a.charge_id where a.payment_id = p.id) d on true
   where p.community_id = $1 and p.billing_account_id = any($2::uuid[]) and p.means in ('SIGNED', 'ON_ACCOUNT')
     and p.status = 'RECEIVED' and not coalesce(d.is_reversed, false)
     and not exists (select 1 from payment_clearing k where k.payment_id = p.id and k.taken_back_at is null)
   order by d.due_on, p.id`);

/** What accounts have signed for and was not collected, the oldest debt first. */
export const signedBillsOf = (
  tx: Tx,
  communityId: string,
  billingAccountIds: readonly string[],
): Promise<SignedBill[]> => rows<SignedBill>(tx, signedBills, [communityId, billingAccountIds]);

/** A signed bill that was paid from the advance, and how. */
export type PaidBill = {
  clearingId: string;
  paymentId: string;
  amount: number;
  transactionId: string;
  /** The payment that it was paid by; null where it was what stood to the payer's good. */
  paidBy: string | null;
  chargeIds: string[];
};

/** Signed bills of an account that were paid from the advance, the last of them first. */
export const billsPaidFromAdvance = (tx: Tx, billingAccountId: string): Promise<PaidBill[]> =>
  rows<PaidBill>(
    tx,
    `select k.id as "clearingId", p.id as "paymentId", p.amount, k.transaction_id as "transactionId",
            k.paid_by_payment_id as "paidBy",
            array(select a.charge_id from payment_allocation a where a.payment_id = p.id order by 1) as "chargeIds"
       from payment_clearing k join payment p on p.id = k.payment_id
      where p.billing_account_id = $1 and p.means in ('SIGNED', 'ON_ACCOUNT') and k.place = 'ADVANCE'
        and k.taken_back_at is null
      order by k.entered_at desc, k.id desc`,
    [billingAccountId],
  );

/** Numbers and amounts of the signed bills that a payment has paid. */
export const billsPaidBy = (tx: Tx, paymentId: string): Promise<{ number: string; amount: number }[]> =>
  rows(
    tx,
    `select p.number, p.amount from payment_clearing k join payment p on p.id = k.payment_id
      where k.paid_by_payment_id = $1 and k.taken_back_at is null order by p.number`,
    [paymentId],
  );
