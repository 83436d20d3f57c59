import { DomainError } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { decorationCompletionRequested } from '@steward/events';
import { lockAuthorized, publish, resolvePolicy, saveAggregate } from '@steward/service-kit';

import { loadCommunity } from '../db/community-queries.ts';
import { decorationAggregate } from '../db/decoration-aggregates.ts';
import { tellDepartment } from './decoration-notices.ts';
import { startClock } from '../db/decoration-queries.ts';
import { completionCheckClock } from '../domain/decoration-deadlines.ts';
import { decorationPolicy } from '../domain/decoration-policy.ts';
import { decorationProcedure } from '../domain/decoration-transition-rules.ts';
import type { RequestDecorationCompletionCheckInput } from '../graphql/generated.ts';

/** The works are said to be finished: maintenance comes and looks (A225, A250). */
export async function requestDecorationCompletionCheck(
  tx: Tx,
  input: RequestDecorationCompletionCheckInput,
): Promise<{ id: string }> {
  const action = 'requestDecorationCompletionCheck';
  const decoration = await lockAuthorized(tx, decorationAggregate, input);
  decorationProcedure.requireAction(decoration, action);
  if (decoration.completionRequestedAt !== null)
    throw new DomainError('CONFLICT', 'COMPLETION_REQUESTED', { rule: 'A250' });
  const requested = { ...decoration, completionRequestedAt: txScope(tx).now };
  const saved = await saveAggregate(tx, decorationAggregate, decoration, requested, { action, rule: 'A250' });
  publish(tx, saved, decorationCompletionRequested, { decorationId: saved.id });
  const { timeZone } = await loadCommunity(tx, saved.communityId);
  const figures = await resolvePolicy(tx, decorationPolicy, saved.communityId);
  await startClock(tx, decorationAggregate, saved, completionCheckClock(figures), timeZone);
  await tellDepartment(tx, saved, 'maintenance', 'decorationCompletionRequested');
  return { id: saved.id };
}
