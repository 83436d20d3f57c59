import { DomainError } from '@steward/core';
import type { Tx } from '@steward/db';
import { invoiceApplicationRefused } from '@steward/events';
import { meetDeadline, publish, saveAggregate } from '@steward/service-kit';

import { invoiceApplicationAggregate } from '../db/invoice-application-entities.ts';
import { tell } from '../db/notices.ts';
import { invoiceClock, refuseInvoiceApplicationReasons } from '../domain/invoice-application-policy.ts';
import { invoiceApplicationRules } from '../domain/invoice-application-rules.ts';
import type { RefuseInvoiceApplicationInput } from '../graphql/generated.ts';
import { lockInvoiceApplication } from './lock-invoice-application.ts';

const rule = 'A309';

export async function refuseInvoiceApplication(tx: Tx, input: RefuseInvoiceApplicationInput): Promise<{ id: string }> {
  const action = 'refuseInvoiceApplication';
  const request = await lockInvoiceApplication(tx, input, action);
  const { reasonCode } = input;
  if (!refuseInvoiceApplicationReasons.includes(reasonCode))
    throw new DomainError('BAD_USER_INPUT', 'REASON_UNKNOWN', { path: 'input.reasonCode', rule });
  const refused = { ...invoiceApplicationRules.moveTo(request, action, 'REFUSED'), reasonCode };
  const note = { action, reason: reasonCode, rule };
  const saved = await saveAggregate(tx, invoiceApplicationAggregate, request, refused, note);
  publish(tx, saved, invoiceApplicationRefused, { applicationId: saved.id, reasonCode });
  await meetDeadline(tx, saved, invoiceClock);
  const { householdId } = saved;
  if (householdId !== null) await tell(tx, saved, { householdId }, 'invoiceApplicationRefused');
  return { id: saved.id };
}
