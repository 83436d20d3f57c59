import { DomainError, newId, refuseAll } from '@steward/core';
import type { Tx } from '@steward/db';
import { personRegistered } from '@steward/events';
import { authorize, insertAggregate, nextNumber, publish } from '@steward/service-kit';

import { personAggregate } from '../db/aggregates.ts';
import { requireCommunity } from '../db/community-queries.ts';
import { lockNaturalKeys } from '../db/natural-keys.ts';
import { identityIsKnown } from '../db/person-queries.ts';
import { sealedIdentity, sealedName, sealedPhone } from '../db/sealed-contact.ts';
import { requireManaged } from '../domain/community-rules.ts';
import { contactViolations } from '../domain/contact-rules.ts';
import { personFact } from '../domain/facts.ts';
import { numberPrefixes } from '../domain/person-policy.ts';
import type { RegisterPersonInput } from '../graphql/generated.ts';

export async function registerPerson(tx: Tx, input: RegisterPersonInput): Promise<{ id: string }> {
  const { communityId } = input;
  await authorize(tx, { communityId });
  const community = await requireCommunity(tx, communityId);
  requireManaged(community, 'registerPerson');
  refuseAll(contactViolations(input, 'input'));
  await lockNaturalKeys(tx, 'person');
  const identity = sealedIdentity(tx, input.identityNumber ?? null);
  if (await identityIsKnown(tx, identity.identityIndex, null)) {
    throw new DomainError('CONFLICT', 'IDENTITY_KNOWN', { path: 'input.identityNumber' });
  }
  const fresh = {
    id: newId(),
    communityId,
    number: await nextNumber(tx, communityId, numberPrefixes.person, community.timeZone),
    ...sealedName(tx, input.name),
    ...sealedPhone(tx, input.phone ?? null),
    ...identity,
    locale: input.locale ?? null,
  };
  const person = await insertAggregate(tx, personAggregate, fresh, { action: 'registerPerson' });
  publish(tx, person, personRegistered, personFact(person));
  return { id: person.id };
}
