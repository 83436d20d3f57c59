import type { Tx } from '@steward/db';
import type { organisationRegistered, StewardEvent } from '@steward/events';
import { keepLatest } from '@steward/service-kit';

import { organisationReferenceEntity } from '../db/reference-entities.ts';

type OrganisationData = ReturnType<(typeof organisationRegistered)['data']['parse']>;

/** Reaction: keeps of what kind organisations are; contractors and the developer answer for repairs. */
export async function keepOrganisations(tx: Tx, events: readonly StewardEvent<OrganisationData>[]): Promise<void> {
  const organisations = events.map(({ tenantid: tenantId, data: { organisationId: id, kind } }) => {
    return { id, tenantId, kind };
  });
  await keepLatest(tx, organisationReferenceEntity, organisations);
}
