import type { Viewer } from '@steward/auth';
import { newId } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { invocationOf, lockAuthorized, resolvePolicy } from '@steward/service-kit';

import { counterSignRouteAggregate, counterSignStepEntity } from '../db/counter-sign-route-entities.ts';
import { tell } from '../db/notices.ts';
import {
  counterSignClock,
  counterSignPolicy,
  type counterSignRouteTransitions,
} from '../domain/counter-sign-route-policy.ts';
import { counterSignRouteRules, departmentInTurn, requireTurn } from '../domain/counter-sign-route-rules.ts';
import type { CounterSignDecision, CounterSignRoute } from '../domain/counter-sign-route.ts';
import { mayAnswerFor } from './counter-sign-move-out.ts';
import { startClock } from './procedure-clocks.ts';

type Input = { id: string; expectedVersion?: number | null };

/** A route for an action that its state allows, to whoever may do it. */
export async function lockCounterSignRoute(
  tx: Tx,
  input: Input,
  action: keyof typeof counterSignRouteTransitions,
): Promise<CounterSignRoute> {
  const route = await lockAuthorized(tx, counterSignRouteAggregate, input);
  counterSignRouteRules.requireAction(route, action);
  return route;
}

/** The same, in the turn of the department for which the caller answers. */
export async function lockInTurn(
  tx: Tx,
  input: Input & { departmentCode: string },
  action: 'signCounterSignRoute' | 'returnCounterSignRoute',
): Promise<CounterSignRoute> {
  const route = await lockCounterSignRoute(tx, input, action);
  const { departmentCode } = input;
  const viewer: Viewer = invocationOf(tx).viewer;
  requireTurn(route, { departmentCode, mayAnswerFor: mayAnswerFor(viewer, departmentCode), sub: viewer.sub });
  return route;
}

type Decided = { departmentCode: string; decision: CounterSignDecision; reasonSealed: string | null };

export async function keepStep(tx: Tx, { id: routeId, tenantId, round }: CounterSignRoute, decided: Decided) {
  const decidedById = invocationOf(tx).viewer.staffId ?? null;
  const step = { id: newId(), tenantId, routeId, round, ...decided, decidedAt: txScope(tx).now, decidedById };
  await tx.insert(counterSignStepEntity, step);
}

/** The department in turn is told, and its clock runs (B010: 跟进). */
export async function beginTurn(tx: Tx, route: CounterSignRoute): Promise<void> {
  const departmentCode = departmentInTurn(route);
  if (departmentCode === null) return;
  const figures = await resolvePolicy(tx, counterSignPolicy, route.communityId);
  const span = { amount: figures.turnWorkingDays, unit: 'workingDay' } as const;
  const { warnShare, directorShare } = figures;
  const clock = { kind: counterSignClock, rule: 'B010', span, warnShare, directorShare };
  await startClock(tx, counterSignRouteAggregate, route, clock);
  await tell(tx, route, { role: 'supervisor', departmentCode }, 'counterSignTurn', { kind: route.kind });
}

/** Whoever sent the papers round. */
export const openerOf = ({ openedById }: CounterSignRoute) =>
  openedById === null ? ({ role: 'supervisor', departmentCode: 'CUSTOMER_SERVICE' } as const) : { staffId: openedById };
