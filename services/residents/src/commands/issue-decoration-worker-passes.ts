import { refuseAll } from '@steward/core';
import type { Tx } from '@steward/db';
import { lockAuthorized, resolvePolicy, saveAggregate } from '@steward/service-kit';

import { loadCommunity } from '../db/community-queries.ts';
import { decorationAggregate } from '../db/decoration-aggregates.ts';
import { decorationPolicy } from '../domain/decoration-policy.ts';
import { decorationProcedure } from '../domain/decoration-transition-rules.ts';
import type { IssueDecorationWorkerPassesInput } from '../graphql/generated.ts';
import { issueWorkerPasses, workerViolations } from './decoration-passes.ts';

/** Passes for workers who come later; they end with the permit like the first ones (A086). */
export async function issueDecorationWorkerPasses(
  tx: Tx,
  input: IssueDecorationWorkerPassesInput,
): Promise<{ id: string }> {
  const action = 'issueDecorationWorkerPasses';
  const decoration = await lockAuthorized(tx, decorationAggregate, input);
  decorationProcedure.requireAction(decoration, action);
  const { mostWorkers } = await resolvePolicy(tx, decorationPolicy, decoration.communityId);
  refuseAll(workerViolations(input.workers, mostWorkers));
  const saved = await saveAggregate(tx, decorationAggregate, decoration, decoration, { action, rule: 'A086' });
  const { timeZone } = await loadCommunity(tx, saved.communityId);
  await issueWorkerPasses(tx, saved, input.workers, timeZone);
  return { id: saved.id };
}
