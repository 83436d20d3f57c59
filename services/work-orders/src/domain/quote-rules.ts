import { DomainError, refuseAll, type Violation } from '@steward/core';

import { isBlank } from './intake-rules.ts';
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
    const price = unitPriceAmount ?? service?.unitPriceAmount ?? 0;
    const amount = terms.amountOf(quantity, price);
    return { serviceCode, quantity, unit: service?.unit ?? '', unitPriceAmount: price, amount };
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

/** Orally or in writing; in writing is signed (A108). */
export function agreeQuote(
  order: WorkOrder,
  quote: WorkOrderQuote,
  manner: 'ORAL' | 'WRITTEN',
  isSigned: boolean,
): WorkOrder {
  stay(order, 'agreeWorkOrderQuote');
  if (manner === 'WRITTEN' && !isSigned) {
    refuseAll([{ path: 'input.signatureFileId', reason: 'SIGNATURE_REQUIRED', rule: 'A108' }]);
  }
  return { ...order, agreedQuoteId: quote.id, agreedFeeAmount: quote.amount, currency: quote.currency };
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
