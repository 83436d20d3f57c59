import type { Tx } from '@steward/db';
import { authorize, lockAggregate } from '@steward/service-kit';

import { complaintAggregate } from '../db/aggregates.ts';
import type { Complaint } from '../domain/complaint.ts';

type Input = { id: string; expectedVersion?: number | null };

/** The complaint of a command, locked; refused to whoever may not run the command on it. */
export async function lockComplaint(tx: Tx, { id, expectedVersion }: Input): Promise<Complaint> {
  const complaint = await lockAggregate(tx, complaintAggregate, id, expectedVersion);
  await authorize(tx, complaintAggregate.subject(complaint));
  return complaint;
}
