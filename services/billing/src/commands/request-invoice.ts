import { DomainError, newId } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { paymentInvoiceRequested } from '@steward/events';
import { lockAuthorized, saveAndTell, sealedName, sealOptional } from '@steward/service-kit';

import { paymentAggregate } from '../db/counter-aggregates.ts';
import { insertInvoiceRequest, invoicedOf, uninvoicedOf } from '../db/invoice-queries.ts';
import { lockAccounts } from '../db/refund-queries.ts';
import { checkInvoiceAmount } from '../domain/receipt-rules.ts';
import type { RequestInvoiceInput } from '../graphql/generated.ts';
import { requirePayerKnown } from './name-on-paper.ts';

/** The payer asks for a tax invoice over a receipt or a part of it. */
export async function requestInvoice(tx: Tx, input: RequestInvoiceInput): Promise<{ id: string }> {
  const payment = await lockAuthorized(tx, paymentAggregate, input);
  const { amount: paid, currency } = payment;
  await lockAccounts(tx, [payment.billingAccountId]);
  // What was given back since is not invoiced any more.
  const left = Math.min(paid - (await invoicedOf(tx, payment.id)), await uninvoicedOf(tx, payment.billingAccountId));
  const amount = input.amount ?? left;
  checkInvoiceAmount(amount, { amount: paid, invoiced: paid - left, isVoid: payment.status === 'VOIDED' });
  if (input.title.trim() === '') throw new DomainError('BAD_USER_INPUT', 'TITLE_REQUIRED', { path: 'input.title' });
  await requirePayerKnown(tx, payment.billingAccountId, 'input.title');
  const id = newId();
  const title = sealedName(tx, 'title', input.title);
  const taxNumberSealed = sealOptional(tx, input.taxNumber?.trim());
  const open = { status: 'REQUESTED' as const, invoiceNumber: null, requestedAt: txScope(tx).now, issuedAt: null };
  await insertInvoiceRequest(tx, {
    id,
    paymentId: payment.id,
    amount,
    currency,
    correctsId: null,
    ...title,
    taxNumberSealed,
    ...open,
  });
  const fact = { paymentId: payment.id, invoiceRequestId: id, invoiced: { amount, currency } };
  const step = { before: payment, after: payment, note: { action: 'requestInvoice', rule: 'A076' } };
  await saveAndTell(tx, paymentAggregate, step, [paymentInvoiceRequested, () => fact]);
  return { id: payment.id };
}
