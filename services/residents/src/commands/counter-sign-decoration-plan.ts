import { DomainError, refuseAll } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { lockAuthorized, meetDeadline } from '@steward/service-kit';

import { decorationAggregate } from '../db/decoration-aggregates.ts';
import { decorationProcedure } from '../domain/decoration-transition-rules.ts';
import type { CounterSignDecorationPlanInput } from '../graphql/generated.ts';
import { reasonViolations } from './review-decoration-plan.ts';
import { savePlanDecision } from './save-plan-decision.ts';

const rule = 'B010';

/** The director's signature under a plan that maintenance has approved; a temporary structure needs it (B010). */
export async function counterSignDecorationPlan(
  tx: Tx,
  input: CounterSignDecorationPlanInput,
): Promise<{ id: string }> {
  const { isApproved, reason } = input;
  const decoration = await lockAuthorized(tx, decorationAggregate, input);
  const status = isApproved ? 'APPROVED' : 'APPLIED';
  const moved = decorationProcedure.moveTo(decoration, 'counterSignDecorationPlan', status);
  if (txScope(tx).actor.sub === decoration.planSubmittedBy) throw new DomainError('FORBIDDEN', 'OWN_WORK', { rule });
  refuseAll(reasonViolations(reason, rule));
  const decision = { isApproved, reason, isFinal: true };
  const note = { action: 'counterSignDecorationPlan', rule };
  const saved = await savePlanDecision(tx, decoration, moved, decision, note);
  await meetDeadline(tx, saved, 'COUNTER_SIGNING');
  return { id: saved.id };
}
