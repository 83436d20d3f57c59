import { DomainError, newId, refuseAll } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { personErasureRequested } from '@steward/events';
import { authorize, insertAggregate, lockAggregate, nextNumber, publish, resolvePolicy } from '@steward/service-kit';

import { personAggregate } from '../db/aggregates.ts';
import { loadCommunity } from '../db/community-queries.ts';
import { subjectOfPerson } from '../db/party-queries.ts';
import { personErasureAggregate } from '../db/person-erasure-entities.ts';
import { erasureStanding, hasPendingErasure } from '../db/person-erasure-queries.ts';
import { erasureDeadline, erasureNumberPrefix, personDataPolicy } from '../domain/person-erasure-policy.ts';
import { erasureViolations } from '../domain/person-erasure-rules.ts';
import type { RequestPersonErasureInput } from '../graphql/generated.ts';
import { startClock } from './procedure-clocks.ts';

const rule = 'B017';

/** The desk, or the person, asks; a leader decides within the days that the law gives for an answer. */
export async function requestPersonErasure(tx: Tx, input: RequestPersonErasureInput): Promise<{ id: string }> {
  const { personId, reason } = input;
  const person = await lockAggregate(tx, personAggregate, personId);
  await authorize(tx, await subjectOfPerson(tx, person));
  if (person.erasedAt !== null) throw new DomainError('CONFLICT', 'PERSON_ERASED', { rule });
  if (await hasPendingErasure(tx, personId)) throw new DomainError('CONFLICT', 'ERASURE_PENDING', { rule });
  refuseAll(erasureViolations(await erasureStanding(tx, personId), 'input.personId'));
  const { communityId } = person;
  const { timeZone } = await loadCommunity(tx, communityId);
  const number = await nextNumber(tx, communityId, erasureNumberPrefix, timeZone);
  const undecided = { decidedAt: null, decidedBy: null, noteSealed: null };
  const asked = { personId, status: 'REQUESTED' as const, reason, requestedBy: txScope(tx).actor.sub };
  const fresh = { id: newId(), communityId, number, ...asked, ...undecided };
  const note = { action: 'requestPersonErasure', reasonCode: reason, rule };
  const erasure = await insertAggregate(tx, personErasureAggregate, fresh, note);
  publish(tx, erasure, personErasureRequested, { erasureId: erasure.id, personId, reasonCode: reason });
  const { erasureWorkingDays, erasureWarnShare } = await resolvePolicy(tx, personDataPolicy, communityId);
  await startClock(tx, personErasureAggregate, erasure, {
    kind: erasureDeadline,
    rule,
    span: { amount: erasureWorkingDays, unit: 'workingDay' },
    warnShare: erasureWarnShare,
    directorShare: 1,
  });
  return { id: erasure.id };
}
