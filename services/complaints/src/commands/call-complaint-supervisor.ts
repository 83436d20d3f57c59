import type { Tx } from '@steward/db';
import { complaintSupervisorCalled } from '@steward/events';
import { lockAuthorized, saveAndTell } from '@steward/service-kit';

import { complaintAggregate } from '../db/aggregates.ts';
import { tellSupervisor } from '../db/notices.ts';
import { idFact } from '../domain/complaint-facts.ts';
import { customerServiceDepartment } from '../domain/complaint-policy.ts';
import { callSupervisor } from '../domain/handling-rules.ts';
import type { CallComplaintSupervisorInput } from '../graphql/generated.ts';

export async function callComplaintSupervisor(tx: Tx, input: CallComplaintSupervisorInput): Promise<{ id: string }> {
  const complaint = await lockAuthorized(tx, complaintAggregate, input);
  const note = { action: 'callComplaintSupervisor', rule: 'A092' };
  const called = callSupervisor(complaint);
  const saved = await saveAndTell(tx, complaintAggregate, { before: complaint, after: called, note }, [
    complaintSupervisorCalled,
    idFact,
  ]);
  await tellSupervisor(tx, saved, 'complaintAgitated', customerServiceDepartment);
  return { id: saved.id };
}
