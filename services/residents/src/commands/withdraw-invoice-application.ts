import type { Tx } from '@steward/db';
import { invoiceApplicationWithdrawn } from '@steward/events';
import { cancelDeadlines, publish, saveAggregate } from '@steward/service-kit';

import { invoiceApplicationAggregate } from '../db/invoice-application-entities.ts';
import { invoiceApplicationRules } from '../domain/invoice-application-rules.ts';
import type { WithdrawInvoiceApplicationInput } from '../graphql/generated.ts';
import { lockInvoiceApplication } from './lock-invoice-application.ts';

export async function withdrawInvoiceApplication(
  tx: Tx,
  input: WithdrawInvoiceApplicationInput,
): Promise<{ id: string }> {
  const action = 'withdrawInvoiceApplication';
  const request = await lockInvoiceApplication(tx, input, action);
  const withdrawn = invoiceApplicationRules.moveTo(request, action, 'WITHDRAWN');
  const saved = await saveAggregate(tx, invoiceApplicationAggregate, request, withdrawn, { action, rule: 'A309' });
  publish(tx, saved, invoiceApplicationWithdrawn, { applicationId: saved.id });
  await cancelDeadlines(tx, saved);
  return { id: saved.id };
}
