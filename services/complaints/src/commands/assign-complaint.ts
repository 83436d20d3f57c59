import type { Tx } from '@steward/db';
import { complaintAssigned } from '@steward/events';
import { findColleague, lockAuthorized, saveAndTell } from '@steward/service-kit';

import { complaintAggregate } from '../db/aggregates.ts';
import { tellHandler } from '../db/notices.ts';
import { todayIn } from '../db/reference-queries.ts';
import { assign } from '../domain/handling-rules.ts';
import type { AssignComplaintInput } from '../graphql/generated.ts';

export async function assignComplaint(tx: Tx, input: AssignComplaintInput): Promise<{ id: string }> {
  const complaint = await lockAuthorized(tx, complaintAggregate, input);
  const { handlerId } = input;
  const day = await todayIn(tx, complaint.communityId);
  const assigned = assign(complaint, handlerId, await findColleague(tx, handlerId), day);
  const data = { complaintId: complaint.id, handlerId, formerHandlerId: complaint.handlerId };
  const note = { action: 'assignComplaint', rule: 'A098' };
  const saved = await saveAndTell(tx, complaintAggregate, { before: complaint, after: assigned, note }, [
    complaintAssigned,
    () => data,
  ]);
  await tellHandler(tx, saved, 'complaintAssigned');
  return { id: saved.id };
}
