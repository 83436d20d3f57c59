import { DomainError, isId, refuseAll } from '@steward/core';
import type { Tx } from '@steward/db';
import { authorize, logReveal } from '@steward/service-kit';

import { personAggregate } from '../db/aggregates.ts';
import { personsKnownIn } from '../db/party-queries.ts';
import { mostRevealed } from '../domain/person-erasure-policy.ts';
import type { RevealPersonContactsInput } from '../graphql/generated.ts';

/** Keeps for each of the persons who reads their contact and why; the values are opened by the answer's resolver. */
export async function revealPersonContacts(tx: Tx, input: RevealPersonContactsInput): Promise<{ ids: string[] }> {
  const { communityId, reason } = input;
  await authorize(tx, { communityId });
  const ids = [...new Set(input.personIds)];
  if (ids.length === 0 || ids.length > mostRevealed) {
    const params = { min: 1, max: mostRevealed };
    throw new DomainError('BAD_USER_INPUT', 'PERSONS_NUMBER', { path: 'input.personIds', params });
  }
  const known = new Set(await personsKnownIn(tx, communityId, ids.filter(isId)));
  refuseAll(
    ids.flatMap((id, index) => (known.has(id) ? [] : [{ path: `input.personIds.${index}`, reason: 'PERSON_UNKNOWN' }])),
  );
  const fields = ['name', 'phone', 'identityNumber'];
  for (const aggregateId of ids)
    await logReveal(tx, { aggregateType: personAggregate.type, aggregateId, fields, reason });
  return { ids };
}

// Each reading is judged and logged anew; a repeated key must not show it unlogged.
revealPersonContacts.repeats = 'runAgain' as const;
