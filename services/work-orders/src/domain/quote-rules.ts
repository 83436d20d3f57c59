import { DomainError, refuseAll, type Violation } from '@steward/core';

import { isBlank } from './intake-rules.ts';
import { isNamed, signerViolations, type Naming, type Sender } from './signing-rules.ts';
import { stay } from './transition-rules.ts';
import type { WorkOrder } from './work-order.ts';

/** A paid service of a community's public catalogue, under the department that answers for it (A005, A108). */
export type PaidService = {
  id: string;
  tenantId: string;
  communityId: string;
  /** Its code. */
  number: string;
  version: number;
  createdAt: Date;
  nameZh: string;
  nameEn: string;
  tradeCode: string;
  departmentCode: string;
  /** Minor units of the community's currency. */
  unitPriceAmount: number;
  currency: string;
  unit: string;
  retiredAt: Date | null;
};

export type WorkOrderQuoteLine = {
  serviceCode: string;
  /** The names that the service had when it was quoted; lines of earlier quotes have none. */
  nameZh?: string;
  nameEn?: string;
  quantity: string;
  unit: string;
  unitPriceAmount: number;
  amount: number;
};

/** A quote is never changed; a later one takes its place. */
export type WorkOrderQuote = {
  id: string;
  tenantId: string;
  workOrderId: string;
  state: 'OFFERED' | 'AGREED' | 'DECLINED' | 'REPLACED';
  lines: WorkOrderQuoteLine[];
  amount: number;
  currency: string;
  plannedAt: Date;
  effectSealed: string;
  quotedAt: Date;
  manner: 'ORAL' | 'WRITTEN' | null;
  decidedAt: Date | null;
};

export type QuoteInput = {
  lines: readonly { serviceCode: string; quantity: string; unitPriceAmount?: number | null }[];
  plannedAt: Date;
  effect: string;
};

type Terms = {
  services: ReadonlyMap<string, PaidService>;
  mayReduce: boolean;
  now: Date;
  /** Quantity times price, rounded once. */
  amountOf(quantity: string, unitPriceAmount: number): number;
};

const quantityPattern = /^\d{1,9}(\.\d{1,4})?$/;

export const isPositiveQuantity = (quantity: string): boolean => quantityPattern.test(quantity) && Number(quantity) > 0;

function lineViolations(line: QuoteInput['lines'][number], index: number, { services, mayReduce }: Terms): Violation[] {
  const path = `input.lines.${index}`;
  const service = services.get(line.serviceCode);
  if (service === undefined || service.retiredAt !== null) {
    return [
      { path: `${path}.serviceCode`, reason: 'SERVICE_UNKNOWN', rule: 'A005', params: { code: line.serviceCode } },
    ];
  }
  const violations: Violation[] = [];
  if (!isPositiveQuantity(line.quantity)) {
    violations.push({ path: `${path}.quantity`, reason: 'QUANTITY_NOT_POSITIVE', rule: 'A108' });
  }
  const price = line.unitPriceAmount ?? service.unitPriceAmount;
  const pricePath = `${path}.unitPriceAmount`;
  if (price < 0) violations.push({ path: pricePath, reason: 'PRICE_NEGATIVE', rule: 'A005' });
  if (price > service.unitPriceAmount)
    violations.push({ path: pricePath, reason: 'PRICE_ABOVE_CATALOGUE', rule: 'A005' });
  if (price < service.unitPriceAmount && !mayReduce) {
    violations.push({ path: pricePath, reason: 'PRICE_REDUCTION_DENIED', rule: 'A005' });
  }
  return violations;
}

/** Item, area, time, fee and effect are agreed before paid work begins (A108), from the published catalogue (A005). */
export function quoteLines(order: WorkOrder, input: QuoteInput, terms: Terms): WorkOrderQuoteLine[] {
  stay(order, 'quoteWorkOrder');
  const violations = input.lines.flatMap((line, index) => lineViolations(line, index, terms));
  if (input.lines.length === 0) violations.push({ path: 'input.lines', reason: 'QUOTE_EMPTY', rule: 'A108' });
  if (isBlank(input.effect)) violations.push({ path: 'input.effect', reason: 'EFFECT_REQUIRED', rule: 'A108' });
  if (input.plannedAt < terms.now) violations.push({ path: 'input.plannedAt', reason: 'IN_THE_PAST', rule: 'A108' });
  refuseAll(violations);
  return input.lines.map(({ serviceCode, quantity, unitPriceAmount }) => {
    const service = terms.services.get(serviceCode);
    if (service === undefined) throw new Error('services are checked before they are quoted');
    const { nameZh, nameEn, unit } = service;
    const price = unitPriceAmount ?? service.unitPriceAmount;
    const amount = terms.amountOf(quantity, price);
    return { serviceCode, nameZh, nameEn, quantity, unit, unitPriceAmount: price, amount };
  });
}

export const feeOf = (lines: readonly WorkOrderQuoteLine[]): number =>
  lines.reduce((sum, line) => sum + line.amount, 0);

/** The quote that the customer decides on has to be the latest one, and open. */
export function requireOffered(latest: WorkOrderQuote | null, quoteId: string): WorkOrderQuote {
  const refuse = (reason: string): DomainError =>
    new DomainError('CONFLICT', reason, { rule: 'A108', path: 'input.quoteId' });
  if (latest === null) throw refuse('QUOTE_MISSING');
  if (latest.id !== quoteId) throw refuse('QUOTE_STALE');
  if (latest.state !== 'OFFERED') throw refuse('QUOTE_DECIDED');
  return latest;
}

/** How the customer agrees: orally, or in writing with the signature of whoever is named. */
export type Agreement = {
  manner: 'ORAL' | 'WRITTEN';
  isSigned: boolean;
  naming: Naming;
  sender: Sender;
  signerIsMember: boolean;
  now: Date;
};

function agreementViolations({ manner, isSigned, naming, sender, signerIsMember }: Agreement): Violation[] {
  const rule = 'A108';
  // A name without its signature would be lost.
  const needsSignature = manner === 'WRITTEN' || isNamed(naming);
  if (isSigned) return signerViolations(naming, sender, { isOfHousehold: signerIsMember, rule });
  return needsSignature ? [{ path: 'input.signatureFileId', reason: 'SIGNATURE_REQUIRED', rule }] : [];
}

/** The time that the quote names is agreed with it, as long as it is to come; an emergency does not wait for one. */
const plannedAppointment = (order: WorkOrder, { plannedAt }: WorkOrderQuote, now: Date): Date | null =>
  order.priority !== 'EMERGENCY' && plannedAt > now ? plannedAt : order.appointmentAt;

/** Orally or in writing; in writing is signed (A108). */
export function agreeQuote(order: WorkOrder, quote: WorkOrderQuote, agreement: Agreement): WorkOrder {
  stay(order, 'agreeWorkOrderQuote');
  refuseAll(agreementViolations(agreement));
  const { id, amount, currency } = quote;
  const appointmentAt = plannedAppointment(order, quote, agreement.now);
  return { ...order, agreedQuoteId: id, agreedFeeAmount: amount, currency, appointmentAt };
}

/** What was agreed before no longer holds once another price is quoted. */
export const withoutAgreement = (order: WorkOrder): WorkOrder => ({
  ...order,
  agreedQuoteId: null,
  agreedFeeAmount: null,
});

/** What the customer signs who agrees in writing. */
export const quoteStatement = (order: WorkOrder, quote: WorkOrderQuote): unknown => ({
  number: order.number,
  quoteId: quote.id,
  lines: quote.lines,
  fee: { amount: quote.amount, currency: quote.currency },
  plannedAt: quote.plannedAt,
});
