import { refuseAll } from '@steward/core';
import type { Tx } from '@steward/db';
import { workOrderUpdated } from '@steward/events';
import { lockAuthorized, publish, saveAggregate, seal } from '@steward/service-kit';

import { workOrderAggregate } from '../db/aggregates.ts';
import { sealedName, sealedPhone } from '../db/sealed-contact.ts';
import { correctionViolations, normalPhone } from '../domain/intake-rules.ts';
import { stay } from '../domain/transition-rules.ts';
import { idFact } from '../domain/work-order-facts.ts';
import type { WorkOrder } from '../domain/work-order.ts';
import type { UpdateWorkOrderInput } from '../graphql/generated.ts';

export async function updateWorkOrder(tx: Tx, input: UpdateWorkOrderInput): Promise<{ id: string }> {
  const order = await lockAuthorized(tx, workOrderAggregate, input);
  const kept = stay(order, 'updateWorkOrder');
  refuseAll(correctionViolations(input));
  const after = { ...kept, ...corrections(tx, input) };
  const saved = await saveAggregate(tx, workOrderAggregate, order, after, { action: 'updateWorkOrder', rule: 'A066' });
  publish(tx, saved, workOrderUpdated, idFact(saved));
  return { id: saved.id };
}

/** What is absent is kept; none of the five fields can be cleared. */
function corrections(tx: Tx, input: UpdateWorkOrderInput): Partial<WorkOrder> {
  const { contactName, contactPhone, description, convenientFrom, convenientTo } = input;
  return {
    ...(contactName == null ? {} : sealedName(tx, contactName.trim())),
    ...(contactPhone == null ? {} : sealedPhone(tx, normalPhone(contactPhone))),
    ...(description == null ? {} : { descriptionSealed: seal(tx, description.trim()) }),
    ...(convenientFrom == null ? {} : { convenientFrom, convenientTo: convenientTo ?? null }),
  };
}
