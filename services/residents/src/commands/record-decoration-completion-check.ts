import { DomainError, refuseAll } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { decorationCompletionChecked } from '@steward/events';
import {
  cancelScheduled,
  invocationOf,
  lockAuthorized,
  meetDeadline,
  publish,
  resolvePolicy,
  saveAggregate,
  sealOptional,
} from '@steward/service-kit';

import { decorationAggregate } from '../db/decoration-aggregates.ts';
import { tellDecorationHousehold } from './decoration-notices.ts';
import { insertCompletionCheck, papersOfDecoration } from '../db/decoration-queries.ts';
import { decorationPermitEndTimer, decorationPolicy } from '../domain/decoration-policy.ts';
import { decorationProcedure } from '../domain/decoration-transition-rules.ts';
import type { Decoration } from '../domain/decoration.ts';
import { fieldTime } from '../domain/field-time.ts';
import type { RecordDecorationCompletionCheckInput } from '../graphql/generated.ts';
import { publishRefunds, withRefundAsked } from './ask-decoration-refund.ts';
import { endPassesOf } from './change-passes.ts';
import { passCauseOf } from './decoration-passes.ts';

const rule = 'A225';
const action = 'recordDecorationCompletionCheck';

function checked(decoration: Decoration, isPassed: boolean, checkedAt: Date): Decoration {
  const status = isPassed ? 'COMPLETED' : decoration.status;
  const moved = decorationProcedure.moveTo(decoration, action, status);
  return isPassed ? { ...moved, completedAt: checkedAt } : { ...moved, completionRequestedAt: null };
}

/** Maintenance has looked at the finished works; the deposit goes back once nothing is unresolved (A225, A250). */
export async function recordDecorationCompletionCheck(
  tx: Tx,
  input: RecordDecorationCompletionCheckInput,
): Promise<{ id: string }> {
  const { isPassed } = input;
  const decoration = await lockAuthorized(tx, decorationAggregate, input);
  decorationProcedure.requireAction(decoration, action);
  const { completionRequestedAt: notBefore } = decoration;
  if (notBefore === null) throw new DomainError('CONFLICT', 'COMPLETION_NOT_REQUESTED', { rule });
  const { backdatingHours } = await resolvePolicy(tx, decorationPolicy, decoration.communityId);
  const { now } = txScope(tx);
  const checkedAt = fieldTime(input.occurredAt, { now, backdatingHours, notBefore, rule });
  const hasFindings = input.findings != null && input.findings.trim() !== '';
  refuseAll(isPassed || hasFindings ? [] : [{ path: 'input.findings', reason: 'FINDINGS_REQUIRED', rule }]);
  const papers = await papersOfDecoration(tx, decoration.id);
  const next = withRefundAsked(checked(decoration, isPassed, checkedAt), papers);
  const note = { action, reason: isPassed ? 'PASSED' : 'FAILED', rule };
  const saved = await saveAggregate(tx, decorationAggregate, decoration, next, note);
  await insertCompletionCheck(tx, {
    decorationId: saved.id,
    checkedAt,
    checkedBy: invocationOf(tx).viewer.staffId ?? null,
    isPassed,
    findingsSealed: sealOptional(tx, input.findings),
  });
  const facts = { decorationId: saved.id, isPassed, checkedAt: checkedAt.toISOString() };
  publish(tx, saved, decorationCompletionChecked, facts);
  publishRefunds(tx, decoration, saved);
  await meetDeadline(tx, saved, 'COMPLETION_CHECK', checkedAt);
  if (isPassed) {
    await meetDeadline(tx, saved, 'PERMIT_END', checkedAt);
    await cancelScheduled(tx, saved.id, decorationPermitEndTimer);
    await endPassesOf(tx, passCauseOf(saved), 'WORK_COMPLETED');
  }
  await tellDecorationHousehold(tx, saved, isPassed ? 'decorationCheckPassed' : 'decorationCheckFailed');
  return { id: saved.id };
}
