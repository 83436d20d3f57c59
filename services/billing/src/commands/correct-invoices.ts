import { newId } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { paymentInvoiceCancelled, paymentRedInvoiceRequested } from '@steward/events';
import { lockAggregates, notify, saveAndTell, schedule, type DueTimer } from '@steward/service-kit';

import { paymentAggregate } from '../db/counter-aggregates.ts';
import {
  findInvoiceRequest,
  insertInvoiceRequest,
  standingInvoices,
  uninvoicedOf,
  updateInvoiceRequest,
} from '../db/invoice-queries.ts';
import { lockAccounts } from '../db/refund-queries.ts';
import { correctionsOf, type InvoiceCorrection } from '../domain/invoice-rules.ts';
import type { Payment } from '../domain/payment.ts';
import { invoiceCorrectionTimer } from './invoice-timers.ts';

type Account = { communityId: string; billingAccountId: string };

/** Money was given back or was never paid: has the invoices over it corrected, once that is in the books. */
export async function askCorrection(tx: Tx, { communityId, billingAccountId }: Account): Promise<void> {
  if ((await standingInvoices(tx, billingAccountId)).length === 0) return;
  const dueAt = txScope(tx).now;
  await schedule(tx, { kind: invoiceCorrectionTimer, communityId, dueAt, payload: { billingAccountId } });
}

/** The request is given up; whoever still wants an invoice asks for what is left. */
async function cancel(tx: Tx, payment: Payment, { invoice, amount }: InvoiceCorrection): Promise<Payment> {
  await updateInvoiceRequest(tx, invoice.id, { status: 'CANCELLED' });
  const { id: paymentId, currency } = payment;
  const fact = { paymentId, invoiceRequestId: invoice.id, invoiced: { amount, currency } };
  const step = { before: payment, after: payment, note: { action: 'cancelInvoice', rule: 'A076' } };
  return saveAndTell(tx, paymentAggregate, step, [paymentInvoiceCancelled, () => fact]);
}

/** The tax authority has it: a red invoice to the same payer is asked for, and the cashiers are told. */
async function takeBack(tx: Tx, payment: Payment, { invoice, amount }: InvoiceCorrection): Promise<Payment> {
  const issued = await findInvoiceRequest(tx, invoice.id);
  if (issued === null) throw new Error('an invoice that stands is there');
  const { paymentId, currency, titleSealed, titleMasked, taxNumberSealed, id: correctsId, invoiceNumber } = issued;
  const id = newId();
  const open = { status: 'REQUESTED' as const, invoiceNumber: null, requestedAt: txScope(tx).now, issuedAt: null };
  const payer = { titleSealed, titleMasked, taxNumberSealed };
  await insertInvoiceRequest(tx, { id, paymentId, amount, currency, correctsId, ...payer, ...open });
  const { communityId, number } = payment;
  const params = { number, invoiceNumber, amount };
  const to = { role: 'cashier' as const };
  await notify(tx, { communityId, to, template: 'redInvoiceDue', params, aggregateId: paymentId });
  const fact = { paymentId, invoiceRequestId: id, correctsId, invoiced: { amount, currency } };
  const step = { before: payment, after: payment, note: { action: 'requestRedInvoice', rule: 'A076' } };
  return saveAndTell(tx, paymentAggregate, step, [paymentRedInvoiceRequested, () => fact]);
}

/**
 * Timer: no invoice stands over money that is not there. Payments are locked before their account, as by everybody who
 * locks both; that is why a refund leaves this to a step of its own.
 */
export async function correctInvoices(tx: Tx, due: DueTimer<{ billingAccountId: string }>): Promise<void> {
  const { billingAccountId } = due.payload;
  const concerned = (await standingInvoices(tx, billingAccountId)).map(({ paymentId }) => paymentId);
  const payments = await lockAggregates(tx, paymentAggregate, [...new Set(concerned)]);
  await lockAccounts(tx, [billingAccountId]);
  const excess = -(await uninvoicedOf(tx, billingAccountId));
  const standing = (await standingInvoices(tx, billingAccountId)).filter(({ paymentId }) => payments.has(paymentId));
  for (const correction of correctionsOf(standing, excess)) {
    const { paymentId } = correction.invoice;
    const payment = payments.get(paymentId) as Payment;
    payments.set(paymentId, await (correction.isRed ? takeBack : cancel)(tx, payment, correction));
  }
}
