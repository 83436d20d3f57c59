import { DomainError, refuseAll } from '@steward/core';
import type { Tx } from '@steward/db';
import { personUpdated } from '@steward/events';
import { authorize, lockAggregate, publish, saveAggregate } from '@steward/service-kit';

import { personAggregate } from '../db/aggregates.ts';
import { lockNaturalKeys } from '../db/natural-keys.ts';
import { identityIsKnown } from '../db/person-queries.ts';
import { sealedIdentity, sealedName, sealedPhone } from '../db/sealed-contact.ts';
import { contactViolations } from '../domain/contact-rules.ts';
import { personFact } from '../domain/facts.ts';
import type { UpdatePersonInput } from '../graphql/generated.ts';

export async function updatePerson(tx: Tx, input: UpdatePersonInput): Promise<{ id: string }> {
  const person = await lockAggregate(tx, personAggregate, input.id, input.expectedVersion);
  await authorize(tx, personAggregate.subject(person));
  refuseAll(contactViolations(input, 'input'));
  const changed = {
    ...person,
    ...(input.name == null ? {} : sealedName(tx, input.name)),
    ...(input.phone === undefined ? {} : sealedPhone(tx, input.phone)),
    ...(input.identityNumber === undefined ? {} : sealedIdentity(tx, input.identityNumber)),
    locale: input.locale === undefined ? person.locale : input.locale,
  };
  await lockNaturalKeys(tx, 'person');
  if (await identityIsKnown(tx, changed.identityIndex, person.id)) {
    throw new DomainError('CONFLICT', 'IDENTITY_KNOWN', { path: 'input.identityNumber' });
  }
  const saved = await saveAggregate(tx, personAggregate, person, changed, { action: 'updatePerson' });
  publish(tx, saved, personUpdated, personFact(saved));
  return { id: saved.id };
}
