import { DomainError } from '@steward/core';
import type { Tx } from '@steward/db';
import { authorize, logReveal } from '@steward/service-kit';

import { complaintAggregate } from '../db/aggregates.ts';
import { complaintById } from '../db/complaint-queries.ts';
import type { RevealComplaintContactInput } from '../graphql/generated.ts';

/** Changes nothing of the complaint, so it neither locks it nor raises its version; the log is its own record. */
export async function revealComplaintContact(tx: Tx, input: RevealComplaintContactInput): Promise<{ id: string }> {
  const complaint = await complaintById(tx, input.id);
  if (complaint === null) throw new DomainError('NOT_FOUND', 'NOT_FOUND');
  await authorize(tx, complaintAggregate.subject(complaint));
  const { id: aggregateId } = complaint;
  const fields = ['contactName', 'contactPhone'];
  await logReveal(tx, { aggregateType: complaintAggregate.type, aggregateId, fields, reason: input.reason });
  return { id: aggregateId };
}

// Each reading is judged and logged anew; a repeated key must not show it unlogged.
revealComplaintContact.repeats = 'runAgain' as const;
