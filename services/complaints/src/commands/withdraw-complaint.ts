import { txScope, type Tx } from '@steward/db';
import { complaintWithdrawn } from '@steward/events';
import { cancelDeadlines, lockAuthorized, saveAndTell } from '@steward/service-kit';

import { complaintAggregate } from '../db/aggregates.ts';
import { tellHandler, tellSupervisor } from '../db/notices.ts';
import { withdraw } from '../domain/after-handling-rules.ts';
import type { WithdrawComplaintInput } from '../graphql/generated.ts';

export async function withdrawComplaint(tx: Tx, input: WithdrawComplaintInput): Promise<{ id: string }> {
  const complaint = await lockAuthorized(tx, complaintAggregate, input);
  const { reasonCode } = input;
  const withdrawn = withdraw(complaint, reasonCode, txScope(tx).now);
  const note = { action: 'withdrawComplaint', reasonCode, rule: 'A032' };
  const data = { complaintId: complaint.id, reasonCode };
  const saved = await saveAndTell(tx, complaintAggregate, { before: complaint, after: withdrawn, note }, [
    complaintWithdrawn,
    () => data,
  ]);
  await cancelDeadlines(tx, saved);
  await tellSupervisor(tx, saved, 'complaintWithdrawn');
  await tellHandler(tx, saved, 'complaintWithdrawn');
  return { id: saved.id };
}
