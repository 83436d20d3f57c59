import { txScope, type Tx } from '@steward/db';
import { workOrderSampleCompleted, workOrderSampleVisitRecorded } from '@steward/events';
import {
  lockAuthorized,
  meetDeadline,
  publish,
  resolvePolicy,
  saveAggregate,
  sealOptional,
} from '@steward/service-kit';

import { workOrderSampleAggregate } from '../db/aggregates.ts';
import { entriesOf, saveEntry } from '../db/sample-queries.ts';
import { afterVisit, visitedEntry } from '../domain/review-rules.ts';
import { fieldTime } from '../domain/time-rules.ts';
import { workPolicy } from '../domain/work-order-policy.ts';
import type { RecordWorkOrderSampleVisitInput } from '../graphql/generated.ts';

const note = { action: 'recordWorkOrderSampleVisit', rule: 'A242' };

export async function recordWorkOrderSampleVisit(
  tx: Tx,
  input: RecordWorkOrderSampleVisitInput,
): Promise<{ id: string }> {
  const { now } = txScope(tx);
  const sample = await lockAuthorized(tx, workOrderSampleAggregate, input);
  const entries = await entriesOf(tx, sample.id);
  const entry = visitedEntry(sample, entries, input);
  const { backdatingHours } = await resolvePolicy(tx, workPolicy, sample.communityId);
  const visitedAt = fieldTime(input.occurredAt, { now, backdatingHours, notBefore: sample.createdAt });
  const rating = input.isReached ? (input.rating ?? null) : null;
  await saveEntry(tx, { ...entry, visitedAt, rating, noteSealed: sealOptional(tx, input.note) });
  const saved = await saveAggregate(tx, workOrderSampleAggregate, sample, afterVisit(sample, entries, entry.id), note);
  publish(tx, saved, workOrderSampleVisitRecorded, { sampleId: saved.id, workOrderId: entry.workOrderId, rating });
  if (saved.status === 'COMPLETED') {
    publish(tx, saved, workOrderSampleCompleted, { sampleId: saved.id });
    await meetDeadline(tx, saved, 'SAMPLE_VISITS', visitedAt);
  }
  return { id: saved.id };
}
