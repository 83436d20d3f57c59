import type { Tx } from '@steward/db';
import { complaintSupervisorCalled } from '@steward/events';

import { tellSupervisor } from '../db/notices.ts';
import { idFact } from '../domain/complaint-facts.ts';
import { customerServiceDepartment } from '../domain/complaint-policy.ts';
import { callSupervisor } from '../domain/handling-rules.ts';
import type { CallComplaintSupervisorInput } from '../graphql/generated.ts';
import { lockComplaint } from './lock-complaint.ts';
import { saveComplaint } from './save-complaint.ts';

export async function callComplaintSupervisor(tx: Tx, input: CallComplaintSupervisorInput): Promise<{ id: string }> {
  const complaint = await lockComplaint(tx, input);
  const note = { action: 'callComplaintSupervisor', rule: 'A092' };
  const called = callSupervisor(complaint);
  const saved = await saveComplaint(tx, complaint, called, note, [complaintSupervisorCalled, idFact]);
  await tellSupervisor(tx, saved, 'complaintAgitated', customerServiceDepartment);
  return { id: saved.id };
}
