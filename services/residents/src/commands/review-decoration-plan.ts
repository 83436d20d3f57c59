import { DomainError, type Violation, refuseAll } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { lockAuthorized, meetDeadline } from '@steward/service-kit';

import { decorationAggregate } from '../db/decoration-aggregates.ts';
import { decorationRoutes } from '../domain/decoration-policy.ts';
import { decorationProcedure } from '../domain/decoration-transition-rules.ts';
import type { ReviewDecorationPlanInput } from '../graphql/generated.ts';
import { savePlanDecision } from './save-plan-decision.ts';

const rule = 'A225';

/** A decision has a reason, whichever it is. */
export const reasonViolations = (reason: string, of: string): Violation[] =>
  [...reason.trim()].length < 2 ? [{ path: 'input.reason', reason: 'REASON_REQUIRED', rule: of }] : [];

/** Maintenance decides on the plan, and may find that it changes the structure or adds load (A084, A085, A225). */
export async function reviewDecorationPlan(tx: Tx, input: ReviewDecorationPlanInput): Promise<{ id: string }> {
  const decoration = await lockAuthorized(tx, decorationAggregate, input);
  const { isCounterSigned } = decorationRoutes[decoration.kind];
  const approved = isCounterSigned ? 'REVIEWED' : 'APPROVED';
  const moved = decorationProcedure.moveTo(decoration, 'reviewDecorationPlan', input.isApproved ? approved : 'APPLIED');
  if (txScope(tx).actor.sub === decoration.planSubmittedBy) throw new DomainError('FORBIDDEN', 'OWN_WORK', { rule });
  refuseAll(reasonViolations(input.reason, rule));
  const found = {
    ...moved,
    isStructureChanged: decoration.isStructureChanged || input.isStructureChanged === true,
    isLoadIncreased: decoration.isLoadIncreased || input.isLoadIncreased === true,
  };
  const decision = {
    isApproved: input.isApproved,
    reason: input.reason,
    isFinal: !input.isApproved || !isCounterSigned,
  };
  const saved = await savePlanDecision(tx, decoration, found, decision, { action: 'reviewDecorationPlan', rule });
  await meetDeadline(tx, saved, 'PLAN_REVIEW');
  return { id: saved.id };
}
