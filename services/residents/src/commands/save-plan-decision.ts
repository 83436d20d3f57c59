import { lineAmount } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { decorationChargeRequested, decorationPlanReviewed } from '@steward/events';
import { publish, resolvePolicy, saveAggregate, seal } from '@steward/service-kit';

import { loadCommunity } from '../db/community-queries.ts';
import { decorationAggregate } from '../db/decoration-aggregates.ts';
import { tellDecorationHousehold, tellDepartment } from './decoration-notices.ts';
import { startClock } from '../db/decoration-queries.ts';
import { placeEntity } from '../db/entities.ts';
import { counterSigningClock } from '../domain/decoration-deadlines.ts';
import { decorationSumFact, type DecorationSum } from '../domain/decoration-facts.ts';
import { decorationPolicy } from '../domain/decoration-policy.ts';
import { needsAuthority } from '../domain/decoration-rules.ts';
import type { Decoration } from '../domain/decoration.ts';

type Decision = { isApproved: boolean; reason: string; isFinal: boolean };

/** The sums of an approved application; those of one that was approved before stay as they were asked for. */
async function withSums(tx: Tx, decoration: Decoration): Promise<{ decoration: Decoration; asked: DecorationSum[] }> {
  if (decoration.depositState !== 'NONE' || decoration.wasteFeeState !== 'NONE') return { decoration, asked: [] };
  const unit = await tx.findOneBy(placeEntity, { id: decoration.unitId });
  const { depositAmount, wasteFeePerM2Amount, wasteFeeFlatAmount } = await resolvePolicy(
    tx,
    decorationPolicy,
    decoration.communityId,
  );
  const areaM2 = unit?.areaM2 ?? null;
  // By the unit's area where that is known (A087).
  const wasteFeeAmount = areaM2 === null ? wasteFeeFlatAmount : lineAmount(areaM2, wasteFeePerM2Amount);
  const priced = { ...decoration, depositAmount, wasteFeeAmount };
  const asked = (['wasteFee', 'deposit'] as const).filter((sum) => priced[`${sum}Amount`] > 0);
  const states = Object.fromEntries(asked.map((sum) => [`${sum}State`, 'REQUESTED']));
  return { decoration: { ...priced, ...states }, asked };
}

/** Keeps a decision on the plan; the last approval asks for waste fee and deposit (A087, A225). */
export async function savePlanDecision(
  tx: Tx,
  before: Decoration,
  moved: Decoration,
  { isApproved, reason, isFinal }: Decision,
  { action, rule }: { action: string; rule: string },
): Promise<Decoration> {
  const decision = isApproved ? 'APPROVED' : 'REJECTED';
  const decided: Decoration = {
    ...moved,
    planDecision: isFinal ? decision : null,
    planDecidedAt: txScope(tx).now,
    planReasonSealed: seal(tx, reason.trim()),
  };
  const priced = isApproved && isFinal ? await withSums(tx, decided) : { decoration: decided, asked: [] };
  const note = { action, reason: decision, rule };
  const saved = await saveAggregate(tx, decorationAggregate, before, priced.decoration, note);
  const facts = { decorationId: saved.id, isApproved, isFinal, isAuthorityNeeded: needsAuthority(saved) };
  publish(tx, saved, decorationPlanReviewed, facts);
  for (const sum of priced.asked) publish(tx, saved, decorationChargeRequested, decorationSumFact(saved, sum));
  if (isFinal) {
    await tellDecorationHousehold(tx, saved, isApproved ? 'decorationPlanApproved' : 'decorationPlanRejected');
    await tellDepartment(tx, saved, 'desk', isApproved ? 'decorationPlanApproved' : 'decorationPlanRejected');
    return saved;
  }
  const { timeZone } = await loadCommunity(tx, saved.communityId);
  const figures = await resolvePolicy(tx, decorationPolicy, saved.communityId);
  await startClock(tx, decorationAggregate, saved, counterSigningClock(figures), timeZone);
  return saved;
}
