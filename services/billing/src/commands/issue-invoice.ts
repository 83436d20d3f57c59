import { DomainError } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { paymentInvoiceIssued } from '@steward/events';
import { lockAuthorized, saveAndTell } from '@steward/service-kit';

import { paymentAggregate } from '../db/counter-aggregates.ts';
import { findInvoiceRequest, isInvoiceNumberUsed, uninvoicedOf, updateInvoiceRequest } from '../db/invoice-queries.ts';
import { lockAccounts } from '../db/refund-queries.ts';
import { requireTransition, statusAfter } from '../domain/counter-transition-rules.ts';
import type { Payment } from '../domain/payment.ts';
import type { InvoiceRequest } from '../domain/receipt.ts';
import type { IssueInvoiceInput } from '../graphql/generated.ts';

/** Only over money that is there; a red one takes back what is not. */
async function checkMoney(tx: Tx, { status, billingAccountId }: Payment, { correctsId, amount }: InvoiceRequest) {
  if (correctsId !== null) return;
  if (status === 'VOIDED') throw new DomainError('CONFLICT', 'RECEIPT_VOID', { rule: 'A076' });
  await lockAccounts(tx, [billingAccountId]);
  const left = await uninvoicedOf(tx, billingAccountId);
  if (left >= 0) return;
  const params = { left: Math.max(0, amount + left) };
  throw new DomainError('CONFLICT', 'INVOICE_EXCEEDS_PAYMENT', { rule: 'A076', params });
}

/** Keeps the number under which the tax authority knows the invoice. */
export async function issueInvoice(tx: Tx, input: IssueInvoiceInput): Promise<{ id: string }> {
  const payment = await lockAuthorized(tx, paymentAggregate, input);
  const request = await findInvoiceRequest(tx, input.invoiceRequestId);
  if (request?.paymentId !== payment.id) throw new DomainError('NOT_FOUND', 'NOT_FOUND');
  requireTransition('issueInvoice', request.status);
  await checkMoney(tx, payment, request);
  const { invoiceNumber } = input;
  if (!/^\d{8,20}$/.test(invoiceNumber))
    throw new DomainError('BAD_USER_INPUT', 'INVOICE_NUMBER_MALFORMED', { path: 'input.invoiceNumber' });
  if (await isInvoiceNumberUsed(tx, invoiceNumber))
    throw new DomainError('CONFLICT', 'INVOICE_NUMBER_USED', { path: 'input.invoiceNumber', rule: 'A076' });
  const status = statusAfter('issueInvoice') as 'ISSUED';
  await updateInvoiceRequest(tx, request.id, { status, invoiceNumber, issuedAt: txScope(tx).now });
  const { amount, currency } = request;
  const fact = { paymentId: payment.id, invoiceRequestId: request.id, invoiced: { amount, currency } };
  const step = { before: payment, after: payment, note: { action: 'issueInvoice', rule: 'A076' } };
  await saveAndTell(tx, paymentAggregate, step, [paymentInvoiceIssued, () => fact]);
  return { id: payment.id };
}
