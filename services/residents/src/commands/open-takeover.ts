import { DomainError, newId, refuseAll, type Violation } from '@steward/core';
import type { Tx } from '@steward/db';
import { takeoverOpened } from '@steward/events';
import {
  authorize,
  insertAggregate,
  invocationOf,
  lockNaturalKeys,
  nextNumber,
  openChecklist,
  publish,
} from '@steward/service-kit';

import { findManagedCommunity } from '../db/community-queries.ts';
import { organisationEntity, placeEntity } from '../db/entities.ts';
import { takeoverAggregate } from '../db/takeover-entities.ts';
import { isTakenOver } from '../db/takeover-queries.ts';
import { takeoverPlace } from '../domain/takeover-facts.ts';
import { takeoverForm, takeoverNumberPrefix } from '../domain/takeover-policy.ts';
import type { OpenTakeoverInput } from '../graphql/generated.ts';

export const takeoverFormName = 'TAKEOVER';

async function violationsOf(tx: Tx, { communityId, placeId, developerId }: OpenTakeoverInput): Promise<Violation[]> {
  const violations: Violation[] = [];
  if (!(await tx.existsBy(placeEntity, { id: placeId, communityId }))) {
    violations.push({ path: 'input.placeId', reason: 'PLACE_UNKNOWN', rule: 'A215' });
  }
  if (!(await tx.existsBy(organisationEntity, { id: developerId, kind: 'DEVELOPER' }))) {
    violations.push({ path: 'input.developerId', reason: 'DEVELOPER_UNKNOWN', rule: 'A215' });
  }
  return violations;
}

/** Begins the takeover of a building or of common ground from its developer (A215). */
export async function openTakeover(tx: Tx, input: OpenTakeoverInput): Promise<{ id: string }> {
  const { communityId, placeId, developerId } = input;
  await authorize(tx, { communityId });
  const community = await findManagedCommunity(tx, communityId);
  if (community === null) throw new DomainError('BAD_USER_INPUT', 'COMMUNITY_UNKNOWN', { path: 'input.communityId' });
  refuseAll(await violationsOf(tx, input));
  // Two who open at once must not both find none.
  await lockNaturalKeys(tx, 'takeover');
  if (await isTakenOver(tx, placeId)) throw new DomainError('CONFLICT', 'TAKEOVER_UNDER_WAY', { rule: 'A215' });
  const number = await nextNumber(tx, communityId, takeoverNumberPrefix, community.timeZone);
  const coordinatorId = input.coordinatorId ?? invocationOf(tx).viewer.staffId ?? '';
  const whose = { communityId, number, placeId, developerId, coordinatorId };
  const fresh = { ...whose, id: newId(), status: 'OPEN' as const, signedAt: null, closedAt: null };
  const takeover = await insertAggregate(tx, takeoverAggregate, fresh, { action: 'openTakeover', rule: 'A215' });
  publish(tx, takeover, takeoverOpened, { ...takeoverPlace(takeover), number, developerId });
  await openChecklist(tx, takeoverAggregate, takeover, takeoverFormName, takeoverForm);
  return { id: takeover.id };
}
