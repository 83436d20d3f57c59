import type { Tx } from '@steward/db';
import type { organisationRegistered, StewardEvent } from '@steward/events';

import { organisationReferenceEntity } from '../db/reference-entities.ts';

type OrganisationData = ReturnType<(typeof organisationRegistered)['data']['parse']>;

/** Reaction: keeps of what kind an organisation is; contractors and the developer answer for repairs. */
export async function keepOrganisation(tx: Tx, event: StewardEvent<OrganisationData>): Promise<void> {
  const { organisationId, kind } = event.data;
  const reference = { id: organisationId, tenantId: event.tenantid, kind };
  await tx.upsert(organisationReferenceEntity, reference, { conflictPaths: ['id'] });
}
