import { txScope, type Tx } from '@steward/db';
import { complaintArchived } from '@steward/events';

import { archive } from '../domain/after-handling-rules.ts';
import type { Complaint } from '../domain/complaint.ts';
import type { ArchiveComplaintInput } from '../graphql/generated.ts';
import { lockComplaint } from './lock-complaint.ts';
import { saveComplaint } from './save-complaint.ts';

export async function archiveComplaint(tx: Tx, input: ArchiveComplaintInput): Promise<{ id: string }> {
  const complaint = await lockComplaint(tx, input);
  const { now } = txScope(tx);
  const note = { action: 'archiveComplaint', rule: 'A037' };
  const data = ({ id, householdId }: Complaint) => ({ complaintId: id, householdId, archivedAt: now.toISOString() });
  await saveComplaint(tx, complaint, archive(complaint, now), note, [complaintArchived, data]);
  return { id: complaint.id };
}
