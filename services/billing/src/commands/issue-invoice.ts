import { DomainError } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { paymentInvoiceIssued } from '@steward/events';

import { paymentAggregate } from '../db/counter-aggregates.ts';
import { findInvoiceRequest, updateInvoiceRequest } from '../db/receipt-queries.ts';
import { requireTransition, statusAfter } from '../domain/counter-transition-rules.ts';
import type { IssueInvoiceInput } from '../graphql/generated.ts';
import { lockFor, saveAndTell } from './save-charging.ts';

/** Keeps the number under which the tax authority knows the invoice. */
export async function issueInvoice(tx: Tx, input: IssueInvoiceInput): Promise<{ id: string }> {
  const payment = await lockFor(tx, paymentAggregate, input);
  const request = await findInvoiceRequest(tx, input.invoiceRequestId);
  if (request?.paymentId !== payment.id) throw new DomainError('NOT_FOUND', 'NOT_FOUND');
  requireTransition('issueInvoice', request.status);
  const { invoiceNumber } = input;
  if (!/^\d{8,20}$/.test(invoiceNumber))
    throw new DomainError('BAD_USER_INPUT', 'INVOICE_NUMBER_MALFORMED', { path: 'input.invoiceNumber' });
  const status = statusAfter('issueInvoice') as 'ISSUED';
  await updateInvoiceRequest(tx, request.id, { status, invoiceNumber, issuedAt: txScope(tx).now });
  const { amount, currency } = request;
  const fact = { paymentId: payment.id, invoiceRequestId: request.id, invoiced: { amount, currency } };
  const step = { before: payment, after: payment, note: { action: 'issueInvoice', rule: 'A076' } };
  await saveAndTell(tx, paymentAggregate, step, [paymentInvoiceIssued, () => fact]);
  return { id: payment.id };
}
