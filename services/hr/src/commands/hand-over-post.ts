import { DomainError, newId, refuseAll } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { postHandoverEvents } from '@steward/events';
import {
  authorize,
  insertAndTell,
  invocationOf,
  lockAggregate,
  lockAuthorized,
  nextNumber,
  notify,
  openChecklist,
  openItems,
  saveAndTell,
  zoneOf,
} from '@steward/service-kit';

import { staffAggregate } from '../db/aggregates.ts';
import { postHandoverAggregate } from '../db/position-aggregates.ts';
import { postHandoverEntity } from '../db/position-work-entities.ts';
import { findPosts } from '../db/staff-queries.ts';
import { loadStaffSubject } from '../db/staff-subject-queries.ts';
import { moveBy } from '../domain/duty-transition-rules.ts';
import { postHandoverFact } from '../domain/position-facts.ts';
import { positionPrefixes, postHandoverChecks } from '../domain/position-policy.ts';
import type { AcceptPostHandoverInput, OpenPostHandoverInput } from '../graphql/generated.ts';
import { keepResults } from './complete-position-duties.ts';
import { requireStaff } from './register-certificate.ts';

const handoverChecklist = 'POST_HANDOVER';

/** Three people: who leaves, who follows, who watches (A330). */
export async function openPostHandover(tx: Tx, input: OpenPostHandoverInput): Promise<{ id: string }> {
  const { staffId, postId, successorId, witnessId } = input;
  const staff = await lockAggregate(tx, staffAggregate, staffId);
  await authorize(tx, await loadStaffSubject(tx, staff));
  if (new Set([staffId, successorId, witnessId]).size < 3)
    throw new DomainError('BAD_USER_INPUT', 'POST_HANDOVER_PARTIES', { rule: 'A330' });
  await requireStaff(tx, staffId);
  await requireStaff(tx, successorId, 'input.successorId');
  await requireStaff(tx, witnessId, 'input.witnessId');
  const post = (await findPosts(tx, staffId)).find(({ id }) => id === postId);
  if (post === undefined) throw new DomainError('NOT_FOUND', 'POST_UNKNOWN', { path: 'input.postId' });
  if (await tx.existsBy(postHandoverEntity, { postId }))
    throw new DomainError('CONFLICT', 'POST_HANDOVER_OPEN', { rule: 'A330' });
  const { communityId, positionCode } = post;
  const number = await nextNumber(tx, communityId, positionPrefixes.handover, await zoneOf(tx, communityId));
  const parties = { staffId, successorId, witnessId, postId, positionCode };
  const fresh = { id: newId(), communityId, number, ...parties, status: 'OPEN' as const, acceptedAt: null };
  const note = { action: 'openPostHandover', rule: 'A330' };
  const told = [postHandoverEvents.opened, postHandoverFact] as const;
  const handover = await insertAndTell(tx, postHandoverAggregate, fresh, note, told);
  const items = postHandoverChecks.items.map((code) => ({ code, rule: postHandoverChecks.rule }));
  await openChecklist(tx, postHandoverAggregate, handover, handoverChecklist, items);
  const { id: aggregateId } = handover;
  for (const to of [{ staffId }, { staffId: successorId }, { staffId: witnessId }])
    await notify(tx, { communityId, to, template: 'postHandoverOpened', params: { number }, aggregateId });
  return { id: aggregateId };
}

/** The successor alone accepts, and only when every point is in order (A330). */
export async function acceptPostHandover(tx: Tx, input: AcceptPostHandoverInput): Promise<{ id: string }> {
  const handover = await lockAuthorized(tx, postHandoverAggregate, input);
  if (handover.successorId !== (invocationOf(tx).viewer.staffId ?? null))
    throw new DomainError('FORBIDDEN', 'HANDOVER_NOT_YOURS', { rule: 'A330' });
  const after = { ...moveBy(handover, 'acceptPostHandover', 'ACCEPTED'), acceptedAt: txScope(tx).now };
  await keepResults(tx, handover.id, handoverChecklist, input.results);
  const open = await openItems(tx, handover.id, handoverChecklist);
  refuseAll(
    open.map(({ code, rule }) => ({ path: 'input.results', reason: 'CHECK_NOT_PASSED', rule, params: { code } })),
  );
  const note = { action: 'acceptPostHandover', rule: 'A330' };
  const told = [postHandoverEvents.accepted, postHandoverFact] as const;
  return { id: (await saveAndTell(tx, postHandoverAggregate, { before: handover, after, note }, told)).id };
}
