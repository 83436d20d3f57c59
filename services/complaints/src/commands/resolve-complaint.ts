import type { Tx } from '@steward/db';
import { complaintResolved } from '@steward/events';
import {
  cancelDeadlines,
  lockAuthorized,
  meetDeadline,
  resolvePolicy,
  saveAndTell,
  seal,
  startDeadlines,
  zoneOf,
} from '@steward/service-kit';

import { complaintAggregate } from '../db/aggregates.ts';
import { tellDesk, tellResident } from '../db/notices.ts';
import { resolve } from '../domain/after-handling-rules.ts';
import { resolvedFact } from '../domain/complaint-facts.ts';
import { limitPolicy } from '../domain/complaint-policy.ts';
import { tellingClock, visitClock } from '../domain/deadline-rules.ts';
import { hasContact, requireAction } from '../domain/transition-rules.ts';
import type { ResolveComplaintInput } from '../graphql/generated.ts';
import { doneWhen } from './done-when.ts';

export async function resolveComplaint(tx: Tx, input: ResolveComplaintInput): Promise<{ id: string }> {
  const complaint = await lockAuthorized(tx, complaintAggregate, input);
  requireAction(complaint, 'resolveComplaint');
  const at = await doneWhen(tx, complaint, input.occurredAt, { rule: 'A033', notBefore: complaint.contactedAt });
  const resolved = { ...resolve(complaint, input.result, at), resultSealed: seal(tx, input.result.trim()) };
  const note = { action: 'resolveComplaint', rule: 'A033' };
  const fact = [complaintResolved, (after: typeof complaint) => resolvedFact(after, at)] as const;
  const saved = await saveAndTell(tx, complaintAggregate, { before: complaint, after: resolved, note }, fact);
  await meetDeadline(tx, saved, 'SOLUTION', at);
  // What was due on the way there is due no longer; a breach of it stays on record.
  await cancelDeadlines(tx, saved);
  if (!hasContact(saved)) return { id: saved.id };
  const figures = await resolvePolicy(tx, limitPolicy, saved.communityId);
  const clocks = [tellingClock(at, figures), visitClock(at, figures)];
  await startDeadlines(tx, complaintAggregate, saved, clocks, await zoneOf(tx, saved.communityId));
  await tellDesk(tx, saved, 'complaintResultDue');
  await tellResident(tx, saved, 'complaintResolved');
  return { id: saved.id };
}
