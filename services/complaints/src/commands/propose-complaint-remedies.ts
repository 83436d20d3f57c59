import { txScope, type Tx } from '@steward/db';
import { complaintRemediesProposed } from '@steward/events';
import { lockAuthorized, saveAndTell } from '@steward/service-kit';

import { complaintAggregate } from '../db/aggregates.ts';
import { insertRemedies, insertStep } from '../db/complaint-queries.ts';
import { tellSupervisor } from '../db/notices.ts';
import { todayIn } from '../db/reference-queries.ts';
import { proposeRemedies } from '../domain/remedy-rules.ts';
import type { ProposeComplaintRemediesInput } from '../graphql/generated.ts';

export async function proposeComplaintRemedies(tx: Tx, input: ProposeComplaintRemediesInput): Promise<{ id: string }> {
  const complaint = await lockAuthorized(tx, complaintAggregate, input);
  const today = await todayIn(tx, complaint.communityId);
  const proposed = proposeRemedies(complaint, input.explanation, input.remedies, today);
  const remedies = await insertRemedies(tx, complaint, input.remedies);
  const drafted = remedies.map(({ id, costAmount: amount, currency }) => ({
    remedyId: id,
    cost: { amount, currency },
  }));
  const note = { action: 'proposeComplaintRemedies', rule: 'A093' };
  const data = { complaintId: complaint.id, remedies: drafted };
  const saved = await saveAndTell(tx, complaintAggregate, { before: complaint, after: proposed, note }, [
    complaintRemediesProposed,
    () => data,
  ]);
  const { explanation, means } = input;
  await insertStep(tx, saved.id, { kind: 'EXPLANATION', means, occurredAt: txScope(tx).now, note: explanation });
  await tellSupervisor(tx, saved, 'complaintUnsolvable');
  return { id: saved.id };
}
