import { newId } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { complaintRegistered } from '@steward/events';
import { insertAggregates, nextNumbers, publish, startDeadlines } from '@steward/service-kit';

import { complaintAggregate } from '../db/aggregates.ts';
import { dueAtOf } from '../db/clocks.ts';
import { registeredFact } from '../domain/complaint-facts.ts';
import { numberPrefixes, type LimitValues } from '../domain/complaint-policy.ts';
import type { Complaint } from '../domain/complaint.ts';
import { intakeClocks, solutionClock } from '../domain/deadline-rules.ts';
import { newComplaint, type Reported } from '../domain/new-complaint.ts';
import type { CommunityReference } from '../domain/references.ts';

type Intake = { action: string; community: CommunityReference; figures: LimitValues };

/** Enters complaints that were judged before, whoever brings them: one register, one process (A032). */
export async function enterComplaints(tx: Tx, intake: Intake, reported: readonly Reported[]): Promise<Complaint[]> {
  const { community, figures } = intake;
  const { now } = txScope(tx);
  const { timeZone: zone } = community;
  const numbering = { communityId: community.id, prefix: numberPrefixes.complaint, zone };
  const numbers = reported.length === 0 ? [] : await nextNumbers(tx, { ...numbering, count: reported.length });
  const complaints = reported.map((one, index) => {
    const complaint = newComplaint(one, { id: newId(), number: numbers[index] ?? '', community });
    const clock = solutionClock(complaint, complaint.receivedAt, figures);
    return { ...complaint, dueAt: dueAtOf(clock, now, zone) };
  });
  const note = { action: intake.action, rule: 'A033' };
  const saved = await insertAggregates(tx, complaintAggregate, complaints, note);
  for (const complaint of saved) {
    publish(tx, complaint, complaintRegistered, registeredFact(complaint));
    const clocks = intakeClocks(complaint, complaint.receivedAt, figures);
    await startDeadlines(tx, complaintAggregate, complaint, clocks, zone);
  }
  return saved;
}
