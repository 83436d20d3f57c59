import { DomainError } from '@steward/core';
import type { Tx } from '@steward/db';
import { authorize, lockAggregate, logReveal } from '@steward/service-kit';

import { personAggregate } from '../db/aggregates.ts';
import { subjectOfPerson } from '../db/party-queries.ts';
import type { RevealPersonContactInput } from '../graphql/generated.ts';

/**
 * Keeps who reads a person's contact and why. The clear values are opened by the answer's resolver, after this has
 * committed: a result is kept with its idempotency key, where they must not be.
 */
export async function revealPersonContact(tx: Tx, input: RevealPersonContactInput): Promise<{ id: string }> {
  const person = await lockAggregate(tx, personAggregate, input.personId);
  await authorize(tx, await subjectOfPerson(tx, person));
  if (person.erasedAt !== null) throw new DomainError('CONFLICT', 'PERSON_ERASED');
  const fields = ['name', 'phone', 'identityNumber'];
  await logReveal(tx, { aggregateType: 'person', aggregateId: person.id, fields, reason: input.reason });
  return { id: person.id };
}

// Each reading is judged and logged anew; a repeated key must not show it unlogged.
revealPersonContact.repeats = 'runAgain' as const;
