import type { Tx } from '@steward/db';
import { complaintResultTold } from '@steward/events';
import { lockAuthorized, meetDeadline, saveAndTell } from '@steward/service-kit';

import { complaintAggregate } from '../db/aggregates.ts';
import { insertStep } from '../db/complaint-queries.ts';
import { tellResult } from '../domain/after-handling-rules.ts';
import { requireAction } from '../domain/transition-rules.ts';
import type { TellComplaintResultInput } from '../graphql/generated.ts';
import { doneWhen } from './done-when.ts';

export async function tellComplaintResult(tx: Tx, input: TellComplaintResultInput): Promise<{ id: string }> {
  const complaint = await lockAuthorized(tx, complaintAggregate, input);
  requireAction(complaint, 'tellComplaintResult');
  const at = await doneWhen(tx, complaint, input.occurredAt, { rule: 'A098', notBefore: complaint.resolvedAt });
  const { means, note: words = null } = input;
  const told = tellResult(complaint, means, at);
  const personally = means === 'PHONE' ? 'PHONE' : 'IN_PERSON';
  const data = { complaintId: complaint.id, toldAt: at.toISOString(), means: personally } as const;
  const note = { action: 'tellComplaintResult', reasonCode: means, rule: 'A098' };
  const saved = await saveAndTell(tx, complaintAggregate, { before: complaint, after: told, note }, [
    complaintResultTold,
    () => data,
  ]);
  await insertStep(tx, saved.id, { kind: 'RESULT_TOLD', means, occurredAt: at, note: words });
  await meetDeadline(tx, saved, 'RESULT_TELLING', at);
  return { id: saved.id };
}
