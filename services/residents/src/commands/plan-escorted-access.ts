import { DomainError, newId, refuseAll } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { escortedAccessPlanned } from '@steward/events';
import { authorize, insertAggregate, nextNumber, openChecklist, publish, sealedName } from '@steward/service-kit';

import { findManagedCommunity } from '../db/community-queries.ts';
import { organisationEntity, placeEntity } from '../db/entities.ts';
import { escortedAccessAggregate } from '../db/register-entities.ts';
import { protectionItems, registerNumberPrefixes } from '../domain/register-policy.ts';
import { accessViolations } from '../domain/register-rules.ts';
import type { PlanEscortedAccessInput } from '../graphql/generated.ts';

const rule = 'B006';

const untouched = { escortId: null, photoFileIds: [], startedAt: null, endedAt: null, reasonCode: null };

async function unknownPlaces(tx: Tx, { communityId, unitId, organisationId }: PlanEscortedAccessInput) {
  const isUnit = await tx.existsBy(placeEntity, { id: unitId, communityId, kind: 'UNIT' });
  const isKnown = organisationId == null || (await tx.existsBy(organisationEntity, { id: organisationId }));
  return [
    ...(isUnit ? [] : [{ path: 'input.unitId', reason: 'UNIT_UNKNOWN', rule }]),
    ...(isKnown ? [] : [{ path: 'input.organisationId', reason: 'ORGANISATION_UNKNOWN', rule }]),
  ];
}

/** Somebody is to be let into a show flat; what is to be protected stands on two lists, for before and after. */
export async function planEscortedAccess(tx: Tx, input: PlanEscortedAccessInput): Promise<{ id: string }> {
  const { communityId, kind, unitId, organisationId = null, visitorName, validFrom, validTo } = input;
  const visitorCount = input.visitorCount ?? 1;
  await authorize(tx, { communityId });
  const community = await findManagedCommunity(tx, communityId);
  if (community === null) throw new DomainError('BAD_USER_INPUT', 'COMMUNITY_UNKNOWN', { path: 'input.communityId' });
  const { now } = txScope(tx);
  const malformed = accessViolations({ visitorName, visitorCount, validFrom, validTo, now });
  refuseAll([...malformed, ...(await unknownPlaces(tx, input))]);
  const number = await nextNumber(tx, communityId, registerNumberPrefixes.escortedAccess, community.timeZone);
  const who = { organisationId, ...sealedName(tx, 'visitorName', visitorName), visitorCount };
  const plan = { kind, status: 'PLANNED' as const, unitId, ...who, validFrom, validTo };
  const fresh = { id: newId(), communityId, number, ...plan, ...untouched };
  const access = await insertAggregate(tx, escortedAccessAggregate, fresh, { action: 'planEscortedAccess', rule });
  for (const list of ['BEFORE', 'AFTER'])
    await openChecklist(tx, escortedAccessAggregate, access, list, protectionItems);
  const when = { validFrom: validFrom.toISOString(), validTo: validTo.toISOString() };
  publish(tx, access, escortedAccessPlanned, { escortedAccessId: access.id, kind, unitId, organisationId, ...when });
  return { id: access.id };
}
