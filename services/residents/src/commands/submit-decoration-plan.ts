import { refuseAll } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { decorationPlanSubmitted } from '@steward/events';
import { requireUploaded } from '@steward/files';
import { lockAuthorized, publish, resolvePolicy, saveAggregate } from '@steward/service-kit';

import { loadCommunity } from '../db/community-queries.ts';
import { decorationAggregate } from '../db/decoration-aggregates.ts';
import { tellDepartment } from './decoration-notices.ts';
import { insertDocuments, papersOfDecoration, startClock } from '../db/decoration-queries.ts';
import { planReviewClock } from '../domain/decoration-deadlines.ts';
import { decorationPolicy, planKind } from '../domain/decoration-policy.ts';
import { planViolations } from '../domain/decoration-rules.ts';
import { decorationProcedure } from '../domain/decoration-transition-rules.ts';
import type { SubmitDecorationPlanInput } from '../graphql/generated.ts';

/** Hands the plan to maintenance; what the drawings say of structure and load can only be added to (A085). */
export async function submitDecorationPlan(tx: Tx, input: SubmitDecorationPlanInput): Promise<{ id: string }> {
  const { now, actor } = txScope(tx);
  const decoration = await lockAuthorized(tx, decorationAggregate, input);
  const moved = decorationProcedure.moveTo(decoration, 'submitDecorationPlan', 'IN_REVIEW');
  const fileIds = [...new Set(input.planFileIds)];
  const violations = planViolations(decoration, await papersOfDecoration(tx, decoration.id));
  if (fileIds.length === 0) violations.push({ path: 'input.planFileIds', reason: 'PLAN_REQUIRED', rule: 'A084' });
  refuseAll(violations);
  await requireUploaded(tx, fileIds, 'document', 'input.planFileIds');
  await insertDocuments(tx, decoration.id, planKind, fileIds, now);
  const submitted = {
    ...moved,
    planSubmittedAt: now,
    planSubmittedBy: actor.sub,
    planDecision: null,
    planDecidedAt: null,
    planReasonSealed: null,
  };
  const note = { action: 'submitDecorationPlan', rule: 'A084' };
  const saved = await saveAggregate(tx, decorationAggregate, decoration, submitted, note);
  const { id: decorationId, isStructureChanged, isLoadIncreased } = saved;
  publish(tx, saved, decorationPlanSubmitted, { decorationId, isStructureChanged, isLoadIncreased });
  const { timeZone } = await loadCommunity(tx, saved.communityId);
  const figures = await resolvePolicy(tx, decorationPolicy, saved.communityId);
  await startClock(tx, decorationAggregate, saved, planReviewClock(figures), timeZone);
  await tellDepartment(tx, saved, 'maintenance', 'decorationPlanSubmitted');
  return { id: saved.id };
}
