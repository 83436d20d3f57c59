import type { Tx } from '@steward/db';
import { counterSignRouteCompleted, counterSignRouteSigned } from '@steward/events';
import { meetDeadline, publish, saveAggregate } from '@steward/service-kit';

import { counterSignRouteAggregate } from '../db/counter-sign-route-entities.ts';
import { tell } from '../db/notices.ts';
import { counterSignClock } from '../domain/counter-sign-route-policy.ts';
import { signTurn } from '../domain/counter-sign-route-rules.ts';
import type { SignCounterSignRouteInput } from '../graphql/generated.ts';
import { beginTurn, keepStep, lockInTurn, openerOf } from './lock-counter-sign-route.ts';
import { confirmForProperty } from './sign-procedure.ts';

export async function signCounterSignRoute(tx: Tx, input: SignCounterSignRouteInput): Promise<{ id: string }> {
  const action = 'signCounterSignRoute';
  const { departmentCode } = input;
  const route = await lockInTurn(tx, input, action);
  await keepStep(tx, route, { departmentCode, decision: 'SIGNED', reasonSealed: null });
  const note = { action, reason: departmentCode, rule: 'B010' };
  const saved = await saveAggregate(tx, counterSignRouteAggregate, route, signTurn(route), note);
  const { id: routeId, kind, subjectId, round } = saved;
  await confirmForProperty(tx, counterSignRouteAggregate, saved, { routeId, round, departmentCode, subjectId });
  publish(tx, saved, counterSignRouteSigned, { routeId, departmentCode, round });
  await meetDeadline(tx, saved, counterSignClock);
  if (saved.status !== 'COMPLETED') await beginTurn(tx, saved);
  else {
    publish(tx, saved, counterSignRouteCompleted, { routeId, kind, subjectId });
    await tell(tx, saved, openerOf(saved), 'counterSignCompleted', { kind });
  }
  return { id: saved.id };
}
