import { refuseAll } from '@steward/core';
import type { Tx } from '@steward/db';
import { counterSignRouteReturned } from '@steward/events';
import { meetDeadline, publish, saveAggregate, seal } from '@steward/service-kit';

import { counterSignRouteAggregate } from '../db/counter-sign-route-entities.ts';
import { tell } from '../db/notices.ts';
import { counterSignClock } from '../domain/counter-sign-route-policy.ts';
import { counterSignRouteRules } from '../domain/counter-sign-route-rules.ts';
import type { ReturnCounterSignRouteInput } from '../graphql/generated.ts';
import { keepStep, lockInTurn, openerOf } from './lock-counter-sign-route.ts';
import { reasonViolations } from './review-decoration-plan.ts';

const rule = 'B010';

export async function returnCounterSignRoute(tx: Tx, input: ReturnCounterSignRouteInput): Promise<{ id: string }> {
  const action = 'returnCounterSignRoute';
  const { departmentCode, reason } = input;
  const route = await lockInTurn(tx, input, action);
  refuseAll(reasonViolations(reason, rule));
  await keepStep(tx, route, { departmentCode, decision: 'RETURNED', reasonSealed: seal(tx, reason.trim()) });
  const returned = counterSignRouteRules.moveTo(route, action, 'RETURNED');
  const note = { action, reason: departmentCode, rule };
  const saved = await saveAggregate(tx, counterSignRouteAggregate, route, returned, note);
  publish(tx, saved, counterSignRouteReturned, { routeId: saved.id, departmentCode, round: saved.round });
  await meetDeadline(tx, saved, counterSignClock);
  await tell(tx, saved, openerOf(saved), 'counterSignReturned', { kind: saved.kind, department: departmentCode });
  return { id: saved.id };
}
