import type { Tx } from '@steward/db';
import { complaintAssigned } from '@steward/events';
import { findColleague } from '@steward/service-kit';

import { tellHandler } from '../db/notices.ts';
import { todayIn } from '../db/reference-queries.ts';
import { assign } from '../domain/handling-rules.ts';
import type { AssignComplaintInput } from '../graphql/generated.ts';
import { lockComplaint } from './lock-complaint.ts';
import { saveComplaint } from './save-complaint.ts';

export async function assignComplaint(tx: Tx, input: AssignComplaintInput): Promise<{ id: string }> {
  const complaint = await lockComplaint(tx, input);
  const { handlerId } = input;
  const day = await todayIn(tx, complaint.communityId);
  const assigned = assign(complaint, handlerId, await findColleague(tx, handlerId), day);
  const data = { complaintId: complaint.id, handlerId, formerHandlerId: complaint.handlerId };
  const note = { action: 'assignComplaint', rule: 'A098' };
  const saved = await saveComplaint(tx, complaint, assigned, note, [complaintAssigned, () => data]);
  await tellHandler(tx, saved, 'complaintAssigned');
  return { id: saved.id };
}
