import type { Tx } from '@steward/db';
import { keyAccountVisitComplained, type complaintRegistered, type StewardEvent } from '@steward/events';
import { lockAggregate, meetDeadline, publish, saveAggregate } from '@steward/service-kit';

import { keyAccountVisitAggregate } from '../db/key-account-visit-entities.ts';
import { visitAwaitingComplaint } from '../db/key-account-visit-queries.ts';
import { keyAccountVisitClocks } from '../domain/key-account-visit-policy.ts';

type Registered = Pick<ReturnType<(typeof complaintRegistered)['data']['parse']>, 'complaintId' | 'householdId'>;

/** Reaction: the complaint of a key account that was not satisfied stands in the register (A204). */
export async function followKeyAccountComplaint(tx: Tx, event: StewardEvent<Registered>): Promise<void> {
  const { complaintId, householdId } = event.data;
  const found = householdId === null ? null : await visitAwaitingComplaint(tx, householdId);
  if (found === null) return;
  const visit = await lockAggregate(tx, keyAccountVisitAggregate, found.id);
  if (visit.status !== 'COMPLAINT_AWAITED') return;
  const followed: typeof visit = { ...visit, status: 'DONE', complaintId };
  const note = { action: 'followKeyAccountComplaint', rule: 'A204' };
  const saved = await saveAggregate(tx, keyAccountVisitAggregate, visit, followed, note);
  await meetDeadline(tx, saved, keyAccountVisitClocks.complaint);
  publish(tx, saved, keyAccountVisitComplained, { visitId: saved.id, complaintId });
}
