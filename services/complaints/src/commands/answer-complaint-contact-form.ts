import type { Tx } from '@steward/db';
import { complaintFormAnswered } from '@steward/events';
import { lockAuthorized, saveAndTell } from '@steward/service-kit';

import { complaintAggregate } from '../db/aggregates.ts';
import { answerContactForm, formsOf } from '../db/complaint-queries.ts';
import { tellDesk, tellHandler } from '../db/notices.ts';
import { answerForm } from '../domain/handling-rules.ts';
import type { AnswerComplaintContactFormInput } from '../graphql/generated.ts';

export async function answerComplaintContactForm(
  tx: Tx,
  input: AnswerComplaintContactFormInput,
): Promise<{ id: string }> {
  const complaint = await lockAuthorized(tx, complaintAggregate, input);
  const form = (await formsOf(tx, complaint.id)).find(({ id }) => id === input.formId) ?? null;
  const answered = answerForm(complaint, form, input.answer);
  const departmentCode = form?.departmentCode ?? '';
  const data = { complaintId: complaint.id, formId: input.formId, departmentCode };
  const note = { action: 'answerComplaintContactForm', reasonCode: departmentCode, rule: 'A034' };
  const saved = await saveAndTell(tx, complaintAggregate, { before: complaint, after: answered, note }, [
    complaintFormAnswered,
    () => data,
  ]);
  await answerContactForm(tx, input.formId, input.answer);
  await tellDesk(tx, saved, 'complaintFormAnswered');
  await tellHandler(tx, saved, 'complaintFormAnswered');
  return { id: saved.id };
}
