import { txScope, type Tx } from '@steward/db';
import { invocationOf, lockAuthorized, resolvePolicy } from '@steward/service-kit';

import { complaintAggregate } from '../db/aggregates.ts';
import { formsOf, insertRemark } from '../db/complaint-queries.ts';
import { reopen, requireReason, requireReopening } from '../domain/after-handling-rules.ts';
import { limitPolicy } from '../domain/complaint-policy.ts';
import type { ReopenComplaintInput } from '../graphql/generated.ts';
import { handleAgain, lastAnswered } from './handle-again.ts';

export async function reopenComplaint(tx: Tx, input: ReopenComplaintInput): Promise<{ id: string }> {
  const complaint = await lockAuthorized(tx, complaintAggregate, input);
  const figures = await resolvePolicy(tx, limitPolicy, complaint.communityId);
  requireReopening(complaint, txScope(tx).now, figures);
  requireReason(input.reason, 'A036');
  const forms = lastAnswered(await formsOf(tx, complaint.id));
  const after = { ...reopen(complaint, 'reopenComplaint'), openFormCount: forms.length };
  const cause = invocationOf(tx).viewer.actor === 'person' ? 'RESIDENT' : 'DESK';
  const note = { action: 'reopenComplaint', reasonCode: cause, rule: 'A036' };
  const saved = await handleAgain(tx, complaint, after, { cause, note, forms });
  await insertRemark(tx, saved.id, 'reopenComplaint', input.reason);
  return { id: saved.id };
}
