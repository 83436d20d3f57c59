import { DomainError, isId, newId, refuseAll } from '@steward/core';
import type { Tx } from '@steward/db';
import { organisationRegistered } from '@steward/events';
import { authorize, insertAggregate, nextNumber, publish } from '@steward/service-kit';

import { organisationAggregate } from '../db/aggregates.ts';
import { requireCommunity } from '../db/community-queries.ts';
import { organisationEntity } from '../db/entities.ts';
import { lockNaturalKeys } from '../db/natural-keys.ts';
import { creditCodeIsKnown } from '../db/person-queries.ts';
import { sealedContactName, sealedContactPhone } from '../db/sealed-contact.ts';
import { requireManaged } from '../domain/community-rules.ts';
import { contactViolations } from '../domain/contact-rules.ts';
import { organisationFact } from '../domain/facts.ts';
import { numberPrefixes } from '../domain/person-policy.ts';
import type { RegisterOrganisationInput } from '../graphql/generated.ts';

export async function registerOrganisation(tx: Tx, input: RegisterOrganisationInput): Promise<{ id: string }> {
  const { communityId } = input;
  await authorize(tx, { communityId });
  const community = await requireCommunity(tx, communityId);
  requireManaged(community, 'registerOrganisation');
  const violations = contactViolations(input, 'input');
  if (input.id != null && !isId(input.id)) violations.push({ path: 'input.id', reason: 'ID_MALFORMED' });
  refuseAll(violations);
  await lockNaturalKeys(tx, 'organisation');
  const id = input.id ?? newId();
  await refuseTaken(tx, id, input.creditCode);
  const fresh = {
    id,
    communityId,
    number: await nextNumber(tx, communityId, numberPrefixes.organisation, community.timeZone),
    kind: input.kind,
    name: input.name.trim(),
    creditCode: input.creditCode ?? null,
    ...sealedContactName(tx, input.contactName ?? null),
    ...sealedContactPhone(tx, input.contactPhone ?? null),
  };
  const organisation = await insertAggregate(tx, organisationAggregate, fresh, { action: 'registerOrganisation' });
  publish(tx, organisation, organisationRegistered, organisationFact(organisation));
  return { id };
}

async function refuseTaken(tx: Tx, id: string, creditCode: string | null | undefined): Promise<void> {
  if (await tx.existsBy(organisationEntity, { id })) throw new DomainError('CONFLICT', 'ID_TAKEN', { path: 'input.id' });
  if (await creditCodeIsKnown(tx, creditCode, null)) {
    throw new DomainError('CONFLICT', 'ORGANISATION_KNOWN', { path: 'input.creditCode' });
  }
}
