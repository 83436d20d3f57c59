import { DomainError } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { invoiceApplicationIssued } from '@steward/events';
import { requireUploaded } from '@steward/files';
import { lockNaturalKeys, meetDeadline, publish, saveAggregate } from '@steward/service-kit';

import { invoiceApplicationAggregate, invoiceApplicationEntity } from '../db/invoice-application-entities.ts';
import { tell } from '../db/notices.ts';
import { documentPurpose } from '../domain/household-file-policy.ts';
import { invoiceClock } from '../domain/invoice-application-policy.ts';
import { invoiceApplicationRules } from '../domain/invoice-application-rules.ts';
import type { IssueAppliedInvoiceInput } from '../graphql/generated.ts';
import { lockInvoiceApplication } from './lock-invoice-application.ts';

const rule = 'A309';
const path = 'input.invoiceNumber';

export async function issueAppliedInvoice(tx: Tx, input: IssueAppliedInvoiceInput): Promise<{ id: string }> {
  const action = 'issueAppliedInvoice';
  const request = await lockInvoiceApplication(tx, input, action);
  const { invoiceFileId } = input;
  const invoiceNumber = input.invoiceNumber.trim();
  if (invoiceNumber === '') throw new DomainError('BAD_USER_INPUT', 'TEXT_REQUIRED', { path, rule });
  await lockNaturalKeys(tx, `invoice-number/${invoiceNumber}`);
  if (await tx.existsBy(invoiceApplicationEntity, { invoiceNumber }))
    throw new DomainError('CONFLICT', 'INVOICE_NUMBER_KNOWN', { path, rule });
  await requireUploaded(tx, [invoiceFileId], documentPurpose, 'input.invoiceFileId');
  const issuedAt = txScope(tx).now;
  const issued = {
    ...invoiceApplicationRules.moveTo(request, action, 'ISSUED'),
    invoiceNumber,
    invoiceFileId,
    issuedAt,
  };
  const saved = await saveAggregate(tx, invoiceApplicationAggregate, request, issued, { action, rule });
  publish(tx, saved, invoiceApplicationIssued, {
    applicationId: saved.id,
    chargeId: saved.chargeId,
    issuedAt: issuedAt.toISOString(),
  });
  await meetDeadline(tx, saved, invoiceClock);
  const { householdId } = saved;
  const to = householdId === null ? ({ role: 'clerk', departmentCode: 'CUSTOMER_SERVICE' } as const) : { householdId };
  await tell(tx, saved, to, 'invoiceApplicationIssued');
  return { id: saved.id };
}
