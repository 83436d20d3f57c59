import type { Tx } from '@steward/db';
import { counterSignRouteResubmitted } from '@steward/events';
import { publish, saveAggregate } from '@steward/service-kit';

import { counterSignRouteAggregate } from '../db/counter-sign-route-entities.ts';
import { resubmit } from '../domain/counter-sign-route-rules.ts';
import type { ResubmitCounterSignRouteInput } from '../graphql/generated.ts';
import { beginTurn, lockCounterSignRoute } from './lock-counter-sign-route.ts';

export async function resubmitCounterSignRoute(tx: Tx, input: ResubmitCounterSignRouteInput): Promise<{ id: string }> {
  const action = 'resubmitCounterSignRoute';
  const route = await lockCounterSignRoute(tx, input, action);
  const note = { action, rule: 'B010' };
  const saved = await saveAggregate(tx, counterSignRouteAggregate, route, resubmit(route), note);
  publish(tx, saved, counterSignRouteResubmitted, { routeId: saved.id, round: saved.round });
  await beginTurn(tx, saved);
  return { id: saved.id };
}
