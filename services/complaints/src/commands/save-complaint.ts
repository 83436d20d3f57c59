import type { Tx } from '@steward/db';
import type { EventDefinition } from '@steward/events';
import { publish, saveAggregate, type ChangeNote } from '@steward/service-kit';

import { complaintAggregate } from '../db/aggregates.ts';
import type { Complaint } from '../domain/complaint.ts';

/** Saves what a command decided and tells it; `data` makes the fact from the complaint as it is saved. */
export async function saveComplaint<T>(
  tx: Tx,
  before: Complaint,
  after: Complaint,
  note: ChangeNote,
  fact: readonly [EventDefinition<T>, (saved: Complaint) => T],
): Promise<Complaint> {
  const saved = await saveAggregate(tx, complaintAggregate, before, after, note);
  const [definition, data] = fact;
  publish(tx, saved, definition, data(saved));
  return saved;
}
