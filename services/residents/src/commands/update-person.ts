import { DomainError, refuseAll } from '@steward/core';
import type { Tx } from '@steward/db';
import { personUpdated } from '@steward/events';
import { authorize, lockAggregate, lockNaturalKeys, publish, saveAggregate, sealedName } from '@steward/service-kit';

import { personAggregate } from '../db/aggregates.ts';
import { isIdentityKnown, subjectOfPerson } from '../db/party-queries.ts';
import { identityIndex, personIdentity, personPhone } from '../db/sealed-values.ts';
import { withChanges } from '../domain/descriptive.ts';
import { personFact } from '../domain/party-facts.ts';
import { personViolations } from '../domain/person-rules.ts';
import type { Person } from '../domain/person.ts';
import type { UpdatePersonInput } from '../graphql/generated.ts';

export async function updatePerson(tx: Tx, input: UpdatePersonInput): Promise<{ id: string }> {
  const { name, phone, identityNumber, locale } = input;
  const person = await lockAggregate(tx, personAggregate, input.id, input.expectedVersion);
  await authorize(tx, await subjectOfPerson(tx, person));
  if (person.erasedAt !== null) throw new DomainError('CONFLICT', 'PERSON_ERASED');
  refuseAll(personViolations(input, 'input'));
  if (identityNumber != null) await requireFreeIdentity(tx, person, identityNumber);
  const changed = withChanges(person, {
    ...(name == null ? {} : sealedName(tx, 'name', name)),
    ...(phone === undefined ? {} : personPhone(tx, phone)),
    ...(identityNumber === undefined ? {} : personIdentity(tx, identityNumber)),
    locale,
  });
  const saved = await saveAggregate(tx, personAggregate, person, changed, { action: 'updatePerson' });
  publish(tx, saved, personUpdated, personFact(saved));
  return { id: person.id };
}

async function requireFreeIdentity(tx: Tx, person: Person, identityNumber: string): Promise<void> {
  if (identityIndex(tx, identityNumber) === person.identityNumberIndex) return;
  await lockNaturalKeys(tx, 'person');
  if (!(await isIdentityKnown(tx, identityNumber))) return;
  throw new DomainError('CONFLICT', 'IDENTITY_KNOWN', { path: 'input.identityNumber' });
}
