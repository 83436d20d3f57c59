import { DomainError, newId, refuseAll, type Violation } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { counterSignRouteOpened } from '@steward/events';
import {
  authorize,
  insertAggregate,
  invocationOf,
  lockNaturalKeys,
  nextNumber,
  publish,
  resolvePolicy,
  seal,
} from '@steward/service-kit';

import { findManagedCommunity } from '../db/community-queries.ts';
import { counterSignRouteAggregate } from '../db/counter-sign-route-entities.ts';
import { isOnRoute, isSubjectKnown } from '../db/counter-sign-route-queries.ts';
import { counterSignPolicy, counterSignRouteNumberPrefix, routeFigures } from '../domain/counter-sign-route-policy.ts';
import type { OpenCounterSignRouteInput } from '../graphql/generated.ts';
import { beginTurn } from './lock-counter-sign-route.ts';

const rule = 'B010';

export async function openCounterSignRoute(tx: Tx, input: OpenCounterSignRouteInput): Promise<{ id: string }> {
  const { communityId, kind, subjectId = null, title } = input;
  await authorize(tx, { communityId });
  const community = await findManagedCommunity(tx, communityId);
  if (community === null) throw new DomainError('BAD_USER_INPUT', 'COMMUNITY_UNKNOWN', { path: 'input.communityId' });
  const violations: Violation[] = [];
  if (title.trim() === '') violations.push({ path: 'input.title', reason: 'TEXT_REQUIRED', rule });
  if (!(await isSubjectKnown(tx, { kind, communityId, subjectId })))
    violations.push({ path: 'input.subjectId', reason: 'SUBJECT_UNKNOWN', rule });
  refuseAll(violations);
  if (subjectId !== null) {
    await lockNaturalKeys(tx, `counter-sign-route/${subjectId}`);
    if (await isOnRoute(tx, subjectId))
      throw new DomainError('CONFLICT', 'SUBJECT_ON_ROUTE', { path: 'input.subjectId', rule });
  }
  const departmentCodes = [...(await resolvePolicy(tx, counterSignPolicy, communityId))[routeFigures[kind]]];
  const number = await nextNumber(tx, communityId, counterSignRouteNumberPrefix, community.timeZone);
  const opened = { openedById: invocationOf(tx).viewer.staffId ?? null, openedBy: txScope(tx).actor.sub };
  const about = { kind, subjectId, titleSealed: seal(tx, title.trim()), departmentCodes };
  const start = { status: 'OPEN' as const, position: 0, round: 1, reasonCode: null };
  const fresh = { id: newId(), communityId, number, ...about, ...opened, ...start };
  const route = await insertAggregate(tx, counterSignRouteAggregate, fresh, { action: 'openCounterSignRoute', rule });
  publish(tx, route, counterSignRouteOpened, { routeId: route.id, kind, subjectId, departmentCodes });
  await beginTurn(tx, route);
  return { id: route.id };
}
