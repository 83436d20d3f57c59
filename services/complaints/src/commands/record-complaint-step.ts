import type { Tx } from '@steward/db';
import { complaintStepRecorded } from '@steward/events';
import { invocationOf, lockAuthorized, resolvePolicy, saveAndTell } from '@steward/service-kit';

import { complaintAggregate } from '../db/aggregates.ts';
import { insertStep } from '../db/complaint-queries.ts';
import { authorityPolicy } from '../domain/complaint-policy.ts';
import { hasAuthority } from '../domain/grading-rules.ts';
import { takeStep } from '../domain/handling-rules.ts';
import { requireAction } from '../domain/transition-rules.ts';
import type { RecordComplaintStepInput } from '../graphql/generated.ts';
import { doneWhen } from './done-when.ts';
import { routingOf } from './issue-contact-forms.ts';

export async function recordComplaintStep(tx: Tx, input: RecordComplaintStepInput): Promise<{ id: string }> {
  const complaint = await lockAuthorized(tx, complaintAggregate, input);
  requireAction(complaint, 'recordComplaintStep');
  const at = await doneWhen(tx, complaint, input.occurredAt, { rule: 'A091' });
  const { separateReceptionRoles } = await resolvePolicy(tx, authorityPolicy, complaint.communityId);
  const { step, means = null } = input;
  const departmentCodes = input.departmentCodes ?? [];
  const taken = takeStep(complaint, {
    kind: step,
    hasMeans: means !== null,
    departmentCodes,
    departments: (await routingOf(tx, complaint)).departments,
    mayReceiveApart: hasAuthority(invocationOf(tx).viewer.roles, separateReceptionRoles),
    at,
  });
  const note = { action: 'recordComplaintStep', reasonCode: step, rule: 'A091' };
  const data = { complaintId: complaint.id, step, means, occurredAt: at.toISOString() };
  const saved = await saveAndTell(tx, complaintAggregate, { before: complaint, after: taken, note }, [
    complaintStepRecorded,
    () => data,
  ]);
  await insertStep(tx, saved.id, { kind: step, means, departmentCodes, occurredAt: at, note: input.note ?? null });
  return { id: saved.id };
}
