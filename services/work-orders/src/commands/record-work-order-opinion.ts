import type { Tx } from '@steward/db';
import { workOrderOpinionRecorded } from '@steward/events';
import { lockAuthorized, publish, saveAggregate, sealOptional } from '@steward/service-kit';

import { workOrderAggregate } from '../db/aggregates.ts';
import { giveOpinion } from '../domain/after-work-rules.ts';
import type { RecordWorkOrderOpinionInput } from '../graphql/generated.ts';

export async function recordWorkOrderOpinion(tx: Tx, input: RecordWorkOrderOpinionInput): Promise<{ id: string }> {
  const order = await lockAuthorized(tx, workOrderAggregate, input);
  const told = giveOpinion(order, input.rating, sealOptional(tx, input.opinion));
  const note = { action: 'recordWorkOrderOpinion', rule: 'A008' };
  const saved = await saveAggregate(tx, workOrderAggregate, order, told, note);
  publish(tx, saved, workOrderOpinionRecorded, { workOrderId: saved.id, rating: input.rating });
  return { id: saved.id };
}
