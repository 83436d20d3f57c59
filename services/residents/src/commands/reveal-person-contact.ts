import type { Tx } from '@steward/db';
import { authorize, lockAggregate, logReveal } from '@steward/service-kit';

import { personAggregate } from '../db/aggregates.ts';
import type { RevealPersonContactInput } from '../graphql/generated.ts';

/** Keeps who reads the clear values and why; the payload shows them only once that is committed. */
export async function revealPersonContact(tx: Tx, input: RevealPersonContactInput): Promise<{ id: string }> {
  const person = await lockAggregate(tx, personAggregate, input.personId);
  await authorize(tx, personAggregate.subject(person));
  const fields = ['name', 'phone', 'identityNumber'];
  await logReveal(tx, { aggregateType: 'person', aggregateId: person.id, fields, reason: input.reason });
  return { id: person.id };
}
