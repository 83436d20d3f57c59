import { DomainError, refuseAll } from '@steward/core';
import type { Tx } from '@steward/db';
import { organisationUpdated } from '@steward/events';
import { lockAuthorized, lockNaturalKeys, publish, saveAggregate, sealedName, sealedPhone } from '@steward/service-kit';

import { organisationAggregate } from '../db/aggregates.ts';
import { organisationEntity } from '../db/entities.ts';
import { withChanges } from '../domain/descriptive.ts';
import { organisationViolations } from '../domain/organisation-rules.ts';
import type { Organisation } from '../domain/organisation.ts';
import { organisationFact } from '../domain/party-facts.ts';
import type { UpdateOrganisationInput } from '../graphql/generated.ts';

export async function updateOrganisation(tx: Tx, input: UpdateOrganisationInput): Promise<{ id: string }> {
  const { name, contactName, contactPhone } = input;
  const organisation = await lockAuthorized(tx, organisationAggregate, input);
  refuseAll(organisationViolations(input));
  const creditCode = input.creditCode?.trim() ?? input.creditCode;
  if (creditCode != null) await requireFreeCode(tx, organisation, creditCode);
  const changed = withChanges(organisation, {
    name: name?.trim(),
    creditCode,
    ...(contactName === undefined ? {} : sealedName(tx, 'contactName', contactName)),
    ...(contactPhone === undefined ? {} : sealedPhone(tx, 'contactPhone', contactPhone)),
  });
  const saved = await saveAggregate(tx, organisationAggregate, organisation, changed, { action: 'updateOrganisation' });
  publish(tx, saved, organisationUpdated, organisationFact(saved));
  return { id: organisation.id };
}

async function requireFreeCode(tx: Tx, organisation: Organisation, creditCode: string): Promise<void> {
  if (creditCode === organisation.creditCode) return;
  await lockNaturalKeys(tx, 'organisation');
  if (!(await tx.existsBy(organisationEntity, { creditCode }))) return;
  throw new DomainError('CONFLICT', 'ORGANISATION_KNOWN', { path: 'input.creditCode' });
}
