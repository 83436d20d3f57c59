import type { Tx } from '@steward/db';
import { workOrderMaterialsRecorded } from '@steward/events';
import { lockAuthorized, publish, saveAggregate } from '@steward/service-kit';

import { workOrderAggregate } from '../db/aggregates.ts';
import { insertMaterials } from '../db/work-order-queries.ts';
import { useMaterials } from '../domain/field-work-rules.ts';
import type { RecordWorkOrderMaterialsInput } from '../graphql/generated.ts';

export async function recordWorkOrderMaterials(tx: Tx, input: RecordWorkOrderMaterialsInput): Promise<{ id: string }> {
  const order = await lockAuthorized(tx, workOrderAggregate, input);
  const materials = input.materials.map(({ name, code, quantity, unit }) => ({
    name: name.trim(),
    code: code ?? null,
    quantity,
    unit: unit.trim(),
  }));
  const note = { action: 'recordWorkOrderMaterials', rule: 'A205' };
  const saved = await saveAggregate(tx, workOrderAggregate, order, useMaterials(order, materials), note);
  await insertMaterials(tx, saved.id, materials);
  const used = materials.map(({ code, quantity, unit }) => ({ code, quantity, unit }));
  publish(tx, saved, workOrderMaterialsRecorded, { workOrderId: saved.id, materials: used });
  return { id: saved.id };
}
