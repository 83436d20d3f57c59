import type { Tx } from '@steward/db';
import { complaintJudged } from '@steward/events';
import { lockAuthorized, saveAndTell, sealOptional } from '@steward/service-kit';

import { complaintAggregate } from '../db/aggregates.ts';
import { tellSupervisor } from '../db/notices.ts';
import { judge } from '../domain/handling-rules.ts';
import { requireAction } from '../domain/transition-rules.ts';
import type { JudgeComplaintInput } from '../graphql/generated.ts';
import { routingOf } from './issue-contact-forms.ts';

export async function judgeComplaint(tx: Tx, input: JudgeComplaintInput): Promise<{ id: string }> {
  const complaint = await lockAuthorized(tx, complaintAggregate, input);
  requireAction(complaint, 'judgeComplaint');
  const { responsibility, isValid, help } = input;
  const { departments } = await routingOf(tx, complaint);
  const departmentCodes = input.departmentCodes ?? [];
  const judged = judge(complaint, { responsibility, isValid, help: help ?? null, departmentCodes, departments });
  const after = { ...judged, helpSealed: isValid ? null : sealOptional(tx, help?.trim()) };
  const note = { action: 'judgeComplaint', reasonCode: responsibility, rule: isValid ? 'A091' : 'A100' };
  const data = { complaintId: complaint.id, responsibility, isValid };
  const saved = await saveAndTell(tx, complaintAggregate, { before: complaint, after, note }, [
    complaintJudged,
    () => data,
  ]);
  if (responsibility === 'SEVERAL_DEPARTMENTS') {
    for (const code of saved.departmentCodes) await tellSupervisor(tx, saved, 'complaintSiteMeeting', code);
  }
  return { id: saved.id };
}
