import type { Tx } from '@steward/db';
import { complaintRemedyApprovalRequested, complaintRemedyChosen } from '@steward/events';
import { lockByMatrix, requestApproval, resolvePolicy, saveAndTell } from '@steward/service-kit';

import { complaintAggregate } from '../db/aggregates.ts';
import { findRemedy, saveRemedy } from '../db/complaint-queries.ts';
import { remedyFact } from '../domain/complaint-facts.ts';
import { authorityPolicy, remedyAct } from '../domain/complaint-policy.ts';
import type { Complaint, ComplaintRemedy } from '../domain/complaint.ts';
import { chooseRemedy, remedyLimit } from '../domain/remedy-rules.ts';
import type { ChooseComplaintRemedyInput } from '../graphql/generated.ts';

export async function chooseComplaintRemedy(tx: Tx, input: ChooseComplaintRemedyInput): Promise<{ id: string }> {
  const { row: complaint, held } = await lockByMatrix(tx, complaintAggregate, remedyAct, input);
  const remedy = await findRemedy(tx, complaint.id, input.remedyId);
  const figures = await resolvePolicy(tx, authorityPolicy, complaint.communityId);
  const limit = remedyLimit(held.builtInRoles, figures, held.limits);
  const { complaint: chosen, needsApproval } = chooseRemedy(complaint, remedy, limit);
  const found = remedy as ComplaintRemedy;
  await (needsApproval ? askDirector : grant)(tx, complaint, chosen, found);
  return { id: complaint.id };
}

async function grant(tx: Tx, before: Complaint, after: Complaint, remedy: ComplaintRemedy): Promise<void> {
  const note = { action: 'chooseComplaintRemedy', rule: 'A093' };
  await saveAndTell(tx, complaintAggregate, { before, after, note }, [
    complaintRemedyChosen,
    (saved) => remedyFact(saved, remedy),
  ]);
  await saveRemedy(tx, remedy, { state: 'CHOSEN' });
}

/** Beyond the authority of whoever grants it (A207). */
async function askDirector(tx: Tx, before: Complaint, after: Complaint, remedy: ComplaintRemedy): Promise<void> {
  const note = { action: 'chooseComplaintRemedy', reasonCode: 'BEYOND_AUTHORITY', rule: 'A207' };
  const fact = [complaintRemedyApprovalRequested, (saved: Complaint) => remedyFact(saved, remedy)] as const;
  const saved = await saveAndTell(tx, complaintAggregate, { before, after, note }, fact);
  const request = { kind: 'REMEDY', role: 'director', rule: 'A207' } as const;
  const approvalId = await requestApproval(tx, complaintAggregate, saved, request);
  await saveRemedy(tx, remedy, { state: 'AWAITING_APPROVAL', approvalId });
}
