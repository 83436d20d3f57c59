import { DomainError, newId, refuseAll } from '@steward/core';
import type { Tx } from '@steward/db';
import { personRegistered } from '@steward/events';
import { authorize, insertAggregate, lockNaturalKeys, nextNumber, publish } from '@steward/service-kit';

import { personAggregate } from '../db/aggregates.ts';
import { findManagedCommunity } from '../db/community-queries.ts';
import { isIdentityKnown } from '../db/party-queries.ts';
import { sealedPerson } from '../db/sealed-values.ts';
import { numberPrefixes } from '../domain/party-policy.ts';
import { personFact } from '../domain/party-facts.ts';
import { personViolations } from '../domain/person-rules.ts';
import type { RegisterPersonInput } from '../graphql/generated.ts';

export async function registerPerson(tx: Tx, input: RegisterPersonInput): Promise<{ id: string }> {
  const { communityId, identityNumber, locale = null } = input;
  await authorize(tx, { communityId });
  refuseAll(personViolations(input, 'input'));
  const community = await findManagedCommunity(tx, communityId);
  if (community === null) throw new DomainError('BAD_USER_INPUT', 'COMMUNITY_UNKNOWN', { path: 'input.communityId' });
  await lockNaturalKeys(tx, 'person');
  if (identityNumber != null && (await isIdentityKnown(tx, identityNumber))) {
    throw new DomainError('CONFLICT', 'IDENTITY_KNOWN', { path: 'input.identityNumber' });
  }
  const number = await nextNumber(tx, communityId, numberPrefixes.person, community.timeZone);
  const fresh = { id: newId(), communityId, number, ...sealedPerson(tx, input), locale };
  const person = await insertAggregate(tx, personAggregate, fresh, { action: 'registerPerson' });
  publish(tx, person, personRegistered, personFact(person));
  return { id: person.id };
}
