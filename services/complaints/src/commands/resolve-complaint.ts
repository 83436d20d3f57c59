import type { Tx } from '@steward/db';
import { complaintResolved } from '@steward/events';
import { cancelDeadlines, meetDeadline, resolvePolicy, seal } from '@steward/service-kit';

import { complaintAggregate } from '../db/aggregates.ts';
import { startClocks } from '../db/clocks.ts';
import { tellDesk, tellResident } from '../db/notices.ts';
import { zoneOf } from '../db/reference-queries.ts';
import { resolve } from '../domain/after-handling-rules.ts';
import { resolvedFact } from '../domain/complaint-facts.ts';
import { limitPolicy } from '../domain/complaint-policy.ts';
import { tellingClock, visitClock } from '../domain/deadline-rules.ts';
import { hasContact, requireAction } from '../domain/transition-rules.ts';
import type { ResolveComplaintInput } from '../graphql/generated.ts';
import { doneWhen } from './done-when.ts';
import { lockComplaint } from './lock-complaint.ts';
import { saveComplaint } from './save-complaint.ts';

export async function resolveComplaint(tx: Tx, input: ResolveComplaintInput): Promise<{ id: string }> {
  const complaint = await lockComplaint(tx, input);
  requireAction(complaint, 'resolveComplaint');
  const at = await doneWhen(tx, complaint, input.occurredAt, { rule: 'A033', notBefore: complaint.contactedAt });
  const resolved = { ...resolve(complaint, input.result, at), resultSealed: seal(tx, input.result.trim()) };
  const note = { action: 'resolveComplaint', rule: 'A033' };
  const fact = [complaintResolved, (after: typeof complaint) => resolvedFact(after, at)] as const;
  const saved = await saveComplaint(tx, complaint, resolved, note, fact);
  await meetDeadline(tx, saved, 'SOLUTION', at);
  // What was due on the way there is due no longer; a breach of it stays on record.
  await cancelDeadlines(tx, saved);
  if (!hasContact(saved)) return { id: saved.id };
  const figures = await resolvePolicy(tx, limitPolicy, saved.communityId);
  const clocks = [tellingClock(at, figures), visitClock(at, figures)];
  await startClocks(tx, complaintAggregate, saved, clocks, await zoneOf(tx, saved.communityId));
  await tellDesk(tx, saved, 'complaintResultDue');
  await tellResident(tx, saved, 'complaintResolved');
  return { id: saved.id };
}
