import type { Violation } from '@steward/core';

import { invoicePurposes, invoiceApplicationTransitions } from './invoice-application-policy.ts';
import type { InvoiceKind } from './invoice-application.ts';
import { procedureRules } from './procedure.ts';

export const invoiceApplicationRules = procedureRules(invoiceApplicationTransitions);

/** The tax number of a company (18 characters) or the older ones (15 to 20). */
const taxNumberPattern = /^[0-9A-Z]{15,20}$/;

type Text = string | null | undefined;
type Asked = {
  kind: InvoiceKind;
  householdId?: string | null;
  organisationId?: string | null;
  title: string;
  taxNumber?: Text;
  registeredAddress?: Text;
  bankAccount?: Text;
  purposeCode: string;
  amount: number;
};

const isBlank = (text: Text): boolean => text == null || text.trim() === '';
const wrong = (field: string, reason: string): Violation => ({ path: `input.${field}`, reason, rule: 'A309' });

/** A special invoice is deductible, so it needs everything that tax law has on it. */
function specialViolations({ organisationId, taxNumber, registeredAddress, bankAccount }: Asked): Violation[] {
  return [
    ...(organisationId == null ? [wrong('organisationId', 'SPECIAL_NEEDS_ORGANISATION')] : []),
    ...(isBlank(taxNumber) ? [wrong('taxNumber', 'TAX_NUMBER_REQUIRED')] : []),
    ...(isBlank(registeredAddress) || isBlank(bankAccount) ? [wrong('bankAccount', 'BANK_REQUIRED')] : []),
  ];
}

/** Everything that is wrong with a application for an invoice. */
export function invoiceViolations(asked: Asked): Violation[] {
  const violations = asked.kind === 'SPECIAL' ? specialViolations(asked) : [];
  if (asked.householdId == null && asked.organisationId == null)
    violations.push(wrong('householdId', 'PAYER_REQUIRED'));
  if (isBlank(asked.title)) violations.push(wrong('title', 'TEXT_REQUIRED'));
  if (!isBlank(asked.taxNumber) && !taxNumberPattern.test((asked.taxNumber ?? '').trim()))
    violations.push(wrong('taxNumber', 'TAX_NUMBER_MALFORMED'));
  if (!invoicePurposes.includes(asked.purposeCode)) violations.push(wrong('purposeCode', 'PURPOSE_UNKNOWN'));
  if (asked.amount <= 0) violations.push(wrong('amount', 'AMOUNT_NOT_POSITIVE'));
  return violations;
}
