import { DomainError, isId, newId, refuseAll, type Violation } from '@steward/core';
import type { Tx } from '@steward/db';
import { organisationRegistered } from '@steward/events';
import {
  authorize,
  insertAggregate,
  lockNaturalKeys,
  nextNumber,
  publish,
  sealedName,
  sealedPhone,
} from '@steward/service-kit';

import { organisationAggregate } from '../db/aggregates.ts';
import { findManagedCommunity } from '../db/community-queries.ts';
import { organisationEntity } from '../db/entities.ts';
import { organisationViolations } from '../domain/organisation-rules.ts';
import { organisationFact } from '../domain/party-facts.ts';
import { numberPrefixes } from '../domain/party-policy.ts';
import type { RegisterOrganisationInput } from '../graphql/generated.ts';

export async function registerOrganisation(tx: Tx, input: RegisterOrganisationInput): Promise<{ id: string }> {
  const { communityId, kind } = input;
  await authorize(tx, { communityId });
  const malformed: Violation[] =
    input.id != null && !isId(input.id) ? [{ path: 'input.id', reason: 'ID_MALFORMED' }] : [];
  refuseAll([...malformed, ...organisationViolations(input)]);
  const community = await findManagedCommunity(tx, communityId);
  if (community === null) throw new DomainError('BAD_USER_INPUT', 'COMMUNITY_UNKNOWN', { path: 'input.communityId' });
  await lockNaturalKeys(tx, 'organisation');
  const id = input.id ?? newId();
  const creditCode = input.creditCode?.trim() ?? null;
  if (creditCode !== null && (await tx.existsBy(organisationEntity, { creditCode }))) {
    throw new DomainError('CONFLICT', 'ORGANISATION_KNOWN', { path: 'input.creditCode' });
  }
  if (await tx.existsBy(organisationEntity, { id }))
    throw new DomainError('CONFLICT', 'ID_TAKEN', { path: 'input.id' });
  const number = await nextNumber(tx, communityId, numberPrefixes.organisation, community.timeZone);
  const contact = {
    ...sealedName(tx, 'contactName', input.contactName ?? null),
    ...sealedPhone(tx, 'contactPhone', input.contactPhone ?? null),
  };
  const fresh = { id, communityId, number, kind, name: input.name.trim(), creditCode, ...contact };
  const organisation = await insertAggregate(tx, organisationAggregate, fresh, { action: 'registerOrganisation' });
  publish(tx, organisation, organisationRegistered, organisationFact(organisation));
  return { id };
}
