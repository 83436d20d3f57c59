import { DomainError, refuseAll } from '@steward/core';
import type { Tx } from '@steward/db';
import { organisationUpdated } from '@steward/events';
import { authorize, lockAggregate, publish, saveAggregate } from '@steward/service-kit';

import { organisationAggregate } from '../db/aggregates.ts';
import { lockNaturalKeys } from '../db/natural-keys.ts';
import { creditCodeIsKnown } from '../db/person-queries.ts';
import { sealedContactName, sealedContactPhone } from '../db/sealed-contact.ts';
import { contactViolations } from '../domain/contact-rules.ts';
import { organisationFact } from '../domain/facts.ts';
import type { UpdateOrganisationInput } from '../graphql/generated.ts';

export async function updateOrganisation(tx: Tx, input: UpdateOrganisationInput): Promise<{ id: string }> {
  const organisation = await lockAggregate(tx, organisationAggregate, input.id, input.expectedVersion);
  await authorize(tx, organisationAggregate.subject(organisation));
  refuseAll(contactViolations(input, 'input'));
  await lockNaturalKeys(tx, 'organisation');
  if (await creditCodeIsKnown(tx, input.creditCode, organisation.id)) {
    throw new DomainError('CONFLICT', 'ORGANISATION_KNOWN', { path: 'input.creditCode' });
  }
  const changed = {
    ...organisation,
    name: input.name?.trim() ?? organisation.name,
    creditCode: input.creditCode === undefined ? organisation.creditCode : input.creditCode,
    ...(input.contactName === undefined ? {} : sealedContactName(tx, input.contactName)),
    ...(input.contactPhone === undefined ? {} : sealedContactPhone(tx, input.contactPhone)),
  };
  const saved = await saveAggregate(tx, organisationAggregate, organisation, changed, { action: 'updateOrganisation' });
  publish(tx, saved, organisationUpdated, organisationFact(saved));
  return { id: saved.id };
}
