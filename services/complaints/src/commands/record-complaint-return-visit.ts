import type { Tx } from '@steward/db';
import { complaintReturnVisited } from '@steward/events';
import {
  lockAuthorized,
  meetDeadline,
  publish,
  recordReturnVisit,
  resolvePolicy,
  saveAndTell,
  sealOptional,
} from '@steward/service-kit';

import { complaintAggregate } from '../db/aggregates.ts';
import { formsOf, lastVisitAttempt } from '../db/complaint-queries.ts';
import { reopen, requireVisit, visit, type Visit } from '../domain/after-handling-rules.ts';
import { returnVisitedFact } from '../domain/complaint-facts.ts';
import { limitPolicy, type LimitValues } from '../domain/complaint-policy.ts';
import type { Complaint } from '../domain/complaint.ts';
import type { RecordComplaintReturnVisitInput } from '../graphql/generated.ts';
import { requireAction } from '../domain/transition-rules.ts';
import { doneWhen } from './done-when.ts';
import { handleAgain, lastAnswered } from './handle-again.ts';

export async function recordComplaintReturnVisit(
  tx: Tx,
  input: RecordComplaintReturnVisitInput,
): Promise<{ id: string }> {
  const complaint = await lockAuthorized(tx, complaintAggregate, input);
  requireAction(complaint, 'recordComplaintReturnVisit');
  const figures = await resolvePolicy(tx, limitPolicy, complaint.communityId);
  const { outcome, rating, opinion, means } = input;
  const at = await doneWhen(tx, complaint, input.occurredAt, { rule: 'A037', notBefore: complaint.toldAt });
  const made: Visit = { outcome, rating: rating ?? null, opinion: opinion ?? null, at };
  const round = complaint.reopenCount + 1;
  requireVisit(complaint, made, { lastAttemptAt: await lastVisitAttempt(tx, complaint.id, round), figures });
  const saved =
    outcome === 'UNSATISFIED' ? await sendBack(tx, complaint, made) : await done(tx, complaint, made, figures);
  const record = { round, outcome, means, visitedAt: at, opinion: sealOptional(tx, opinion?.trim()) };
  await recordReturnVisit(tx, complaintAggregate, saved, record);
  return { id: saved.id };
}

async function done(tx: Tx, complaint: Complaint, made: Visit, figures: LimitValues): Promise<Complaint> {
  const note = { action: 'recordComplaintReturnVisit', reasonCode: made.outcome, rule: 'A037' };
  const visited = visit(complaint, made, figures);
  const fact = [complaintReturnVisited, (after: Complaint) => returnVisitedFact(after, made)] as const;
  const saved = await saveAndTell(tx, complaintAggregate, { before: complaint, after: visited, note }, fact);
  if (saved.returnVisitOutcome !== null) await meetDeadline(tx, saved, 'RETURN_VISIT', made.at);
  return saved;
}

/** Not satisfied: the visit is done, and every department is ordered once more (A036). */
async function sendBack(tx: Tx, complaint: Complaint, made: Visit): Promise<Complaint> {
  const forms = lastAnswered(await formsOf(tx, complaint.id));
  const reopened = reopen(complaint, 'recordComplaintReturnVisit');
  const after = { ...reopened, rating: made.rating ?? null, openFormCount: forms.length };
  const note = { action: 'recordComplaintReturnVisit', reasonCode: made.outcome, rule: 'A036' };
  const again = { cause: 'RETURN_VISIT', note, forms, visitedAt: made.at } as const;
  const saved = await handleAgain(tx, complaint, after, again);
  publish(tx, saved, complaintReturnVisited, returnVisitedFact(saved, made));
  return saved;
}
