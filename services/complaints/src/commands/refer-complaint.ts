import { txScope, type Tx } from '@steward/db';
import { complaintReferred } from '@steward/events';
import { lockAuthorized, meetDeadline, saveAndTell } from '@steward/service-kit';

import { complaintAggregate } from '../db/aggregates.ts';
import { insertRemark } from '../db/complaint-queries.ts';
import { tellDirector } from '../db/notices.ts';
import { requireReason } from '../domain/after-handling-rules.ts';
import { refer } from '../domain/handling-rules.ts';
import type { ReferComplaintInput } from '../graphql/generated.ts';

export async function referComplaint(tx: Tx, input: ReferComplaintInput): Promise<{ id: string }> {
  const complaint = await lockAuthorized(tx, complaintAggregate, input);
  const { now } = txScope(tx);
  const { reason } = input;
  const referred = refer(complaint, reason, now);
  requireReason(input.note, 'A035');
  const note = { action: 'referComplaint', reasonCode: reason, rule: reason === 'BEYOND_AUTHORITY' ? 'A207' : 'A035' };
  const data = { complaintId: complaint.id, grade: complaint.grade, reason };
  const saved = await saveAndTell(tx, complaintAggregate, { before: complaint, after: referred, note }, [
    complaintReferred,
    () => data,
  ]);
  await insertRemark(tx, saved.id, 'referComplaint', input.note);
  await meetDeadline(tx, saved, 'DIRECTOR_REFERRAL', now);
  // Higher up than the supervisor to whom an important one has to be handed.
  await meetDeadline(tx, saved, 'SUPERVISOR_REFERRAL', now);
  await tellDirector(tx, saved, 'complaintReferred');
  return { id: saved.id };
}
