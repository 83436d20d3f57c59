import { DomainError, newId } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { fileInspectionGranted } from '@steward/events';
import { authorize, insertAggregate, nextNumber, publish, resolvePolicy, schedule } from '@steward/service-kit';

import { findManagedCommunity } from '../db/community-queries.ts';
import { fileInspectionAggregate } from '../db/file-set-entities.ts';
import { tell } from '../db/notices.ts';
import { findPersons } from '../db/party-queries.ts';
import { fileInspectionNumberPrefix, fileInspectionPolicy, fileInspectionTimer } from '../domain/file-set-policy.ts';
import { requireInspection } from '../domain/file-set-rules.ts';
import type { GrantFileInspectionInput } from '../graphql/generated.ts';

/** Lets somebody of the owners' committee, an owner or an auditor read file sets until a time (A214). */
export async function grantFileInspection(tx: Tx, input: GrantFileInspectionInput): Promise<{ id: string }> {
  const { communityId, personId, role, validTo } = input;
  await authorize(tx, { communityId });
  const community = await findManagedCommunity(tx, communityId);
  if (community === null) throw new DomainError('BAD_USER_INPUT', 'COMMUNITY_UNKNOWN', { path: 'input.communityId' });
  const fileSetKinds = [...new Set(input.fileSetKinds)];
  const { longestDays } = await resolvePolicy(tx, fileInspectionPolicy, communityId);
  requireInspection({ fileSetKinds, validTo }, txScope(tx).now, longestDays);
  if (!(await findPersons(tx, [personId])).some(({ isVisible }) => isVisible)) {
    throw new DomainError('BAD_USER_INPUT', 'PERSON_UNKNOWN', { path: 'input.personId' });
  }
  const number = await nextNumber(tx, communityId, fileInspectionNumberPrefix, community.timeZone);
  const terms = { communityId, number, personId, role, fileSetKinds, validTo };
  const fresh = { id: newId(), ...terms, endedAt: null, endReasonCode: null };
  const note = { action: 'grantFileInspection', rule: 'A214' };
  const inspection = await insertAggregate(tx, fileInspectionAggregate, fresh, note);
  const fact = { fileInspectionId: inspection.id, personId, role, fileSetKinds, validTo: validTo.toISOString() };
  publish(tx, inspection, fileInspectionGranted, fact);
  await schedule(tx, { kind: fileInspectionTimer, dueAt: validTo, aggregateId: inspection.id, communityId });
  await tell(tx, inspection, { personId }, 'fileInspectionGranted', { validTo: validTo.toISOString() });
  return { id: inspection.id };
}
