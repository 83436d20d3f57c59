import { DomainError } from '@steward/core';
import type { Tx } from '@steward/db';
import { authorize, logReveal } from '@steward/service-kit';

import { activityRegistrationEntity } from '../db/activity-entities.ts';
import { activityRegistrationAggregate } from '../db/aggregates.ts';
import type { RevealActivityRegistrationContactInput } from '../graphql/generated.ts';

/** Changes nothing of the registration; the log is its own record. */
export async function revealActivityRegistrationContact(
  tx: Tx,
  input: RevealActivityRegistrationContactInput,
): Promise<{ id: string }> {
  const registration = await tx.findOneBy(activityRegistrationEntity, { id: input.id });
  if (registration === null) throw new DomainError('NOT_FOUND', 'NOT_FOUND');
  await authorize(tx, activityRegistrationAggregate.subject(registration));
  const { id: aggregateId } = registration;
  const { type: aggregateType } = activityRegistrationAggregate;
  await logReveal(tx, { aggregateType, aggregateId, fields: ['contactName', 'contactPhone'], reason: input.reason });
  return { id: aggregateId };
}

// Each reading is judged and logged anew; a repeated key must not show it unlogged.
revealActivityRegistrationContact.repeats = 'runAgain' as const;
