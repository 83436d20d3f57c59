import type { Tx } from '@steward/db';
import { complaintRemedyChosen, complaintRemedyRejected } from '@steward/events';
import { decideApproval } from '@steward/service-kit';

import { findRemedy, insertRemark, saveRemedy } from '../db/complaint-queries.ts';
import { tellDesk, tellHandler } from '../db/notices.ts';
import { requireReason } from '../domain/after-handling-rules.ts';
import { remedyFact } from '../domain/complaint-facts.ts';
import type { ComplaintRemedy } from '../domain/complaint.ts';
import { decideRemedy } from '../domain/remedy-rules.ts';
import type { DecideComplaintRemedyInput } from '../graphql/generated.ts';
import { lockForRemedy } from './lock-complaint.ts';
import { saveComplaint } from './save-complaint.ts';

export async function decideComplaintRemedy(tx: Tx, input: DecideComplaintRemedyInput): Promise<{ id: string }> {
  const { complaint, held } = await lockForRemedy(tx, input);
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
  const saved = await saveComplaint(tx, complaint, decided, note, [fact, (after) => remedyFact(after, found)]);
  await saveRemedy(tx, found, { state: isApproved ? 'CHOSEN' : 'REJECTED' });
  await insertRemark(tx, saved.id, 'decideComplaintRemedy', reason);
  await tellDesk(tx, saved, 'complaintRemedyDecided');
  await tellHandler(tx, saved, 'complaintRemedyDecided');
  return { id: saved.id };
}
