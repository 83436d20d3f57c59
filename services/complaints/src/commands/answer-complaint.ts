import type { Tx } from '@steward/db';
import { complaintAnswered } from '@steward/events';
import { lockAuthorized, meetDeadline, saveAndTell } from '@steward/service-kit';

import { complaintAggregate } from '../db/aggregates.ts';
import { insertStep } from '../db/complaint-queries.ts';
import { tellResident } from '../db/notices.ts';
import { answer } from '../domain/after-handling-rules.ts';
import { requireAction } from '../domain/transition-rules.ts';
import type { AnswerComplaintInput } from '../graphql/generated.ts';
import { doneWhen } from './done-when.ts';

export async function answerComplaint(tx: Tx, input: AnswerComplaintInput): Promise<{ id: string }> {
  const complaint = await lockAuthorized(tx, complaintAggregate, input);
  requireAction(complaint, 'answerComplaint');
  const { means } = input;
  const at = await doneWhen(tx, complaint, input.occurredAt, { rule: 'A094' });
  const answered = answer(complaint, input.answer, at);
  const data = { complaintId: complaint.id, answeredAt: at.toISOString(), means };
  const note = { action: 'answerComplaint', rule: complaint.isValid === false ? 'A100' : 'A094' };
  const saved = await saveAndTell(tx, complaintAggregate, { before: complaint, after: answered, note }, [
    complaintAnswered,
    () => data,
  ]);
  await insertStep(tx, saved.id, { kind: 'ANSWER', means, occurredAt: at, note: input.answer });
  await meetDeadline(tx, saved, 'ANSWER', at);
  await tellResident(tx, saved, 'complaintAnswered');
  return { id: saved.id };
}
