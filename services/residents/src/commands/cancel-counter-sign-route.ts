import { DomainError } from '@steward/core';
import type { Tx } from '@steward/db';
import { counterSignRouteCancelled } from '@steward/events';
import { cancelDeadlines, publish, saveAggregate } from '@steward/service-kit';

import { counterSignRouteAggregate } from '../db/counter-sign-route-entities.ts';
import { cancelRouteReasons } from '../domain/counter-sign-route-policy.ts';
import { counterSignRouteRules } from '../domain/counter-sign-route-rules.ts';
import type { CancelCounterSignRouteInput } from '../graphql/generated.ts';
import { lockCounterSignRoute } from './lock-counter-sign-route.ts';

const rule = 'B010';

export async function cancelCounterSignRoute(tx: Tx, input: CancelCounterSignRouteInput): Promise<{ id: string }> {
  const action = 'cancelCounterSignRoute';
  const route = await lockCounterSignRoute(tx, input, action);
  const { reasonCode } = input;
  if (!cancelRouteReasons.includes(reasonCode))
    throw new DomainError('BAD_USER_INPUT', 'REASON_UNKNOWN', { path: 'input.reasonCode', rule });
  const cancelled = { ...counterSignRouteRules.moveTo(route, action, 'CANCELLED'), reasonCode };
  const note = { action, reason: reasonCode, rule };
  const saved = await saveAggregate(tx, counterSignRouteAggregate, route, cancelled, note);
  publish(tx, saved, counterSignRouteCancelled, { routeId: saved.id, reasonCode });
  await cancelDeadlines(tx, saved);
  return { id: saved.id };
}
