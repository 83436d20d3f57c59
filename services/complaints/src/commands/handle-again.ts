import { txScope, type Tx } from '@steward/db';
import { complaintDepartmentReordered, complaintReopened } from '@steward/events';
import {
  cancelDeadlines,
  meetDeadline,
  publish,
  resolvePolicy,
  saveAggregate,
  startDeadlines,
  zoneOf,
  type ChangeNote,
} from '@steward/service-kit';

import { complaintAggregate } from '../db/aggregates.ts';
import { dueAtOf } from '../db/clocks.ts';
import { issueForms, replaceForms } from '../db/complaint-queries.ts';
import { tellDesk, tellHandler, tellSupervisor } from '../db/notices.ts';
import { limitPolicy } from '../domain/complaint-policy.ts';
import type { Complaint, ComplaintContactForm } from '../domain/complaint.ts';
import { solutionClock } from '../domain/deadline-rules.ts';

type Again = {
  cause: 'RETURN_VISIT' | 'DEPARTMENT' | 'RESIDENT' | 'DESK';
  note: ChangeNote;
  /** Answered forms whose departments are ordered once more. */
  forms: readonly ComplaintContactForm[];
  /** What stands on the new forms, sealed; absent: what stood on the old. */
  contentSealed?: string;
  /** When a visit showed it: that is done, whatever it found. */
  visitedAt?: Date;
};

/** The problem is still there: saves a complaint whose departments are ordered to deal with it at once (A036). */
export async function handleAgain(tx: Tx, before: Complaint, after: Complaint, again: Again): Promise<Complaint> {
  const { note, forms, contentSealed } = again;
  const isReopened = after.reopenCount > before.reopenCount;
  const dueAt = isReopened ? await newDueAt(tx, after) : after.dueAt;
  const saved = await saveAggregate(tx, complaintAggregate, before, { ...after, dueAt }, note);
  if (isReopened) await restartClocks(tx, saved, again);
  await replaceForms(tx, forms);
  const ordered = forms.map((form) => ({
    departmentCode: form.departmentCode,
    contentSealed: contentSealed ?? form.contentSealed,
  }));
  for (const { id: formId, departmentCode, round } of await issueForms(tx, saved.id, ordered)) {
    publish(tx, saved, complaintDepartmentReordered, { complaintId: saved.id, formId, departmentCode, round });
    await tellSupervisor(tx, saved, 'complaintReordered', departmentCode);
  }
  return saved;
}

async function newDueAt(tx: Tx, complaint: Complaint): Promise<Date> {
  const { now } = txScope(tx);
  const figures = await resolvePolicy(tx, limitPolicy, complaint.communityId);
  return dueAtOf(solutionClock(complaint, now, figures), now, await zoneOf(tx, complaint.communityId));
}

/** Telling and visiting are no longer due; solving it is, from now on. */
async function restartClocks(tx: Tx, complaint: Complaint, { cause, visitedAt }: Again): Promise<void> {
  const { id: complaintId, reopenCount, communityId } = complaint;
  publish(tx, complaint, complaintReopened, { complaintId, cause, reopenCount });
  if (visitedAt !== undefined) await meetDeadline(tx, complaint, 'RETURN_VISIT', visitedAt);
  await cancelDeadlines(tx, complaint);
  const figures = await resolvePolicy(tx, limitPolicy, communityId);
  const clock = solutionClock(complaint, txScope(tx).now, figures);
  await startDeadlines(tx, complaintAggregate, complaint, [clock], await zoneOf(tx, communityId));
  await tellHandler(tx, complaint, 'complaintReopened');
  await tellDesk(tx, complaint, 'complaintReopened');
}

/** The last answered form of each department. */
export const lastAnswered = (forms: readonly ComplaintContactForm[]): ComplaintContactForm[] => [
  ...new Map(
    forms.filter(({ state }) => state === 'ANSWERED').map((form) => [form.departmentCode, form] as const),
  ).values(),
];
