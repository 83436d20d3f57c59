import type { Tx } from '@steward/db';
import { authorize, authorizeByMatrix, lockAggregate, type AuthorityHeld } from '@steward/service-kit';

import { complaintAggregate } from '../db/aggregates.ts';
import { remedyAct } from '../domain/complaint-policy.ts';
import type { Complaint } from '../domain/complaint.ts';

type Input = { id: string; expectedVersion?: number | null };

/** The complaint of a command, locked; refused to whoever may not run the command on it. */
export async function lockComplaint(tx: Tx, { id, expectedVersion }: Input): Promise<Complaint> {
  const complaint = await lockAggregate(tx, complaintAggregate, id, expectedVersion);
  await authorize(tx, complaintAggregate.subject(complaint));
  return complaint;
}

/** The same for a remedy, which the authority matrix may let others grant as well, with what the caller holds (A207). */
export async function lockForRemedy(
  tx: Tx,
  { id, expectedVersion }: Input,
): Promise<{ complaint: Complaint; held: AuthorityHeld }> {
  const complaint = await lockAggregate(tx, complaintAggregate, id, expectedVersion);
  return { complaint, held: await authorizeByMatrix(tx, complaintAggregate, complaint, remedyAct) };
}
