import type { Tx } from '@steward/db';
import { personRegistered } from '@steward/events';
import { insertAggregates, nextNumbers, publish } from '@steward/service-kit';

import { personAggregate } from '../db/aggregates.ts';
import { sealedPerson } from '../db/sealed-values.ts';
import type { Community } from '../domain/community.ts';
import type { NewPerson } from '../domain/household-import-rules.ts';
import { personFact } from '../domain/party-facts.ts';
import { numberPrefixes } from '../domain/party-policy.ts';

/** A statement takes at most 65,535 parameters; a person has fifteen. */
const mostAtOnce = 1000;

/** Enters the persons who come with households; part of `registerHouseholds`, which has judged them. */
export async function enterPersons(tx: Tx, community: Community, persons: readonly NewPerson[]): Promise<void> {
  const { id: communityId, timeZone: zone } = community;
  if (persons.length === 0) return;
  const numbers = await nextNumbers(tx, { communityId, prefix: numberPrefixes.person, zone, count: persons.length });
  const fresh = persons.map((person, index) => ({
    id: person.id,
    communityId,
    number: numbers[index] ?? '',
    ...sealedPerson(tx, person),
    locale: person.locale ?? null,
  }));
  for (let from = 0; from < fresh.length; from += mostAtOnce) {
    const some = fresh.slice(from, from + mostAtOnce);
    const entered = await insertAggregates(tx, personAggregate, some, { action: 'registerHouseholds' });
    for (const person of entered) publish(tx, person, personRegistered, personFact(person));
  }
}
