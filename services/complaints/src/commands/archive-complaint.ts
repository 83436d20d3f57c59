import { txScope, type Tx } from '@steward/db';
import { complaintArchived } from '@steward/events';
import { lockAuthorized, saveAndTell } from '@steward/service-kit';

import { complaintAggregate } from '../db/aggregates.ts';
import { archive } from '../domain/after-handling-rules.ts';
import type { Complaint } from '../domain/complaint.ts';
import type { ArchiveComplaintInput } from '../graphql/generated.ts';

export async function archiveComplaint(tx: Tx, input: ArchiveComplaintInput): Promise<{ id: string }> {
  const complaint = await lockAuthorized(tx, complaintAggregate, input);
  const { now } = txScope(tx);
  const note = { action: 'archiveComplaint', rule: 'A037' };
  const data = ({ id, householdId }: Complaint) => ({ complaintId: id, householdId, archivedAt: now.toISOString() });
  await saveAndTell(tx, complaintAggregate, { before: complaint, after: archive(complaint, now), note }, [
    complaintArchived,
    data,
  ]);
  return { id: complaint.id };
}
