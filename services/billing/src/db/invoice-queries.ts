import { rows, txScope, type Tx } from '@steward/db';

import type { StandingInvoice } from '../domain/invoice-rules.ts';
import type { InvoiceRequest } from '../domain/receipt.ts';
import { invoiceRequestEntity } from './payment-entities.ts';

// A red invoice takes from what was invoiced.
const invoiced = `coalesce(sum(case when i.corrects_id is null then i.amount else -i.amount end), 0)`;

/** How much of the receipt's money has an invoice or waits for one. */
export async function invoicedOf(tx: Tx, paymentId: string): Promise<number> {
  const [found] = await rows<{ sum: number }>(
    tx,
    `select ${invoiced}::bigint as sum from invoice_request i where i.payment_id = $1 and i.status <> 'CANCELLED'`,
    [paymentId],
  );
  return found?.sum ?? 0;
}

/**
 * What can still be invoiced of all payments of an account together: refunds are of an account, not of a payment. Below 0
 * more was invoiced than was kept. A signed bill that other money paid is one sum with it. What was taken over from other books was not paid here and is given back first.
 */
export async function uninvoicedOf(tx: Tx, billingAccountId: string): Promise<number> {
  const [found] = await rows<{ left: number }>(
    tx,
    `select (paid.sum - greatest(0, back.sum - opening.sum) - billed.sum)::bigint as left
       from (select coalesce(sum(amount), 0) as sum from payment
              where billing_account_id = $1 and status = 'RECEIVED'
                and not exists (select 1 from payment_clearing k where k.payment_id = payment.id
                                   and k.place = 'ADVANCE' and k.taken_back_at is null)) paid
      cross join (select coalesce(sum(amount), 0) as sum from refund where billing_account_id = $1 and status = 'PAID') back
      cross join (select coalesce(-sum(p.amount), 0) as sum
                    from ledger_account a join ledger_posting p on p.account_id = a.id
                    join ledger_transaction t on t.id = p.transaction_id and t.kind = 'OPENING'
                   where a.billing_account_id = $1 and a.type in ('ADVANCE', 'DEPOSIT')) opening
      cross join (select ${invoiced} as sum
                    from invoice_request i join payment p on p.id = i.payment_id
                   where p.billing_account_id = $1 and i.status <> 'CANCELLED') billed`,
    [billingAccountId],
  );
  return found?.left ?? 0;
}

/** Invoices of an account that stand, newest first. */
export const standingInvoices = (tx: Tx, billingAccountId: string): Promise<StandingInvoice[]> =>
  rows<StandingInvoice>(
    tx,
    `select i.id, i.payment_id as "paymentId", i.status, p.status = 'VOIDED' as "isPaymentVoid",
            (i.amount - coalesce((select sum(r.amount) from invoice_request r
                                   where r.corrects_id = i.id and r.status <> 'CANCELLED'), 0))::bigint as left
       from invoice_request i join payment p on p.id = i.payment_id
      where p.billing_account_id = $1 and i.corrects_id is null and i.status <> 'CANCELLED'
      order by i.requested_at desc, i.id desc`,
    [billingAccountId],
  );

/** Whether an invoice has this number already; two that issue one at once wait for each other. */
export async function isInvoiceNumberUsed(tx: Tx, invoiceNumber: string): Promise<boolean> {
  const { tenantId } = txScope(tx);
  await rows(tx, 'select pg_advisory_xact_lock(hashtextextended($1, 0))', [`invoice/${tenantId}/${invoiceNumber}`]);
  return (
    (await rows(tx, 'select 1 from invoice_request where invoice_number = $1 limit 1', [invoiceNumber])).length > 0
  );
}

export const insertInvoiceRequest = async (tx: Tx, request: Omit<InvoiceRequest, 'tenantId'>): Promise<void> => {
  await tx.insert(invoiceRequestEntity, { ...request, tenantId: txScope(tx).tenantId });
};

export const findInvoiceRequest = (tx: Tx, id: string): Promise<InvoiceRequest | null> =>
  tx.findOneBy(invoiceRequestEntity, { id });

export const updateInvoiceRequest = async (tx: Tx, id: string, change: Partial<InvoiceRequest>): Promise<void> => {
  await tx.update(invoiceRequestEntity, { id }, change);
};
