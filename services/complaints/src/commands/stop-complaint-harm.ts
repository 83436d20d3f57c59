import type { Tx } from '@steward/db';
import { complaintHarmStopped } from '@steward/events';
import { lockAuthorized, meetDeadline, saveAndTell } from '@steward/service-kit';

import { complaintAggregate } from '../db/aggregates.ts';
import { insertStep } from '../db/complaint-queries.ts';
import { tellResident, tellSupervisor } from '../db/notices.ts';
import { stopHarm } from '../domain/handling-rules.ts';
import { requireAction } from '../domain/transition-rules.ts';
import type { StopComplaintHarmInput } from '../graphql/generated.ts';
import { doneWhen } from './done-when.ts';

export async function stopComplaintHarm(tx: Tx, input: StopComplaintHarmInput): Promise<{ id: string }> {
  const complaint = await lockAuthorized(tx, complaintAggregate, input);
  requireAction(complaint, 'stopComplaintHarm');
  const at = await doneWhen(tx, complaint, input.occurredAt, { rule: 'A099' });
  const stopped = stopHarm(complaint, at, input.measures);
  const note = { action: 'stopComplaintHarm', rule: 'A099' };
  const data = { complaintId: complaint.id, stoppedAt: at.toISOString() };
  const saved = await saveAndTell(tx, complaintAggregate, { before: complaint, after: stopped, note }, [
    complaintHarmStopped,
    () => data,
  ]);
  await insertStep(tx, saved.id, { kind: 'HARM_STOPPED', occurredAt: at, note: input.measures });
  await meetDeadline(tx, saved, 'STOP_HARM', at);
  await tellSupervisor(tx, saved, 'complaintHarmStopped');
  await tellResident(tx, saved, 'complaintHarmStopped');
  return { id: saved.id };
}
