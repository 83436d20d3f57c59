import type { Tx } from '@steward/db';
import { complaintRemedyChosen, complaintRemedyRejected } from '@steward/events';
import { decideApproval, lockByMatrix, saveAndTell } from '@steward/service-kit';

import { complaintAggregate } from '../db/aggregates.ts';
import { findRemedy, insertRemark, saveRemedy } from '../db/complaint-queries.ts';
import { tellDesk, tellHandler } from '../db/notices.ts';
import { requireReason } from '../domain/after-handling-rules.ts';
import { remedyFact } from '../domain/complaint-facts.ts';
import { remedyAct } from '../domain/complaint-policy.ts';
import type { ComplaintRemedy } from '../domain/complaint.ts';
import { decideRemedy } from '../domain/remedy-rules.ts';
import type { DecideComplaintRemedyInput } from '../graphql/generated.ts';

export async function decideComplaintRemedy(tx: Tx, input: DecideComplaintRemedyInput): Promise<{ id: string }> {
  const { row: complaint, held } = await lockByMatrix(tx, complaintAggregate, remedyAct, input);
  const { isApproved, reason } = input;
  const remedy = await findRemedy(tx, complaint.id, input.remedyId);
  const decided = decideRemedy(complaint, remedy, isApproved);
  requireReason(reason, 'A207');
  const found = remedy as ComplaintRemedy;
  const code = isApproved ? 'APPROVED' : 'REJECTED';
  const matrix = { held, amount: complaint.remedyAmount + found.costAmount };
  await decideApproval(tx, complaint, found.approvalId ?? '', { approved: isApproved, reason: code, matrix });
  const note = { action: 'decideComplaintRemedy', reasonCode: code, rule: 'A207' };
  const fact = isApproved ? complaintRemedyChosen : complaintRemedyRejected;
  const saved = await saveAndTell(tx, complaintAggregate, { before: complaint, after: decided, note }, [
    fact,
    (after) => remedyFact(after, found),
  ]);
  await saveRemedy(tx, found, { state: isApproved ? 'CHOSEN' : 'REJECTED' });
  await insertRemark(tx, saved.id, 'decideComplaintRemedy', reason);
  await tellDesk(tx, saved, 'complaintRemedyDecided');
  await tellHandler(tx, saved, 'complaintRemedyDecided');
  return { id: saved.id };
}
