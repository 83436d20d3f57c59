import type { Tx } from '@steward/db';
import { lockAuthorized } from '@steward/service-kit';

import { invoiceApplicationAggregate } from '../db/invoice-application-entities.ts';
import type { invoiceApplicationTransitions } from '../domain/invoice-application-policy.ts';
import { invoiceApplicationRules } from '../domain/invoice-application-rules.ts';
import type { InvoiceApplication } from '../domain/invoice-application.ts';

/** A request for an action that its state allows, to whoever may do it. */
export async function lockInvoiceApplication(
  tx: Tx,
  input: { id: string; expectedVersion?: number | null },
  action: keyof typeof invoiceApplicationTransitions,
): Promise<InvoiceApplication> {
  const request = await lockAuthorized(tx, invoiceApplicationAggregate, input);
  invoiceApplicationRules.requireAction(request, action);
  return request;
}
