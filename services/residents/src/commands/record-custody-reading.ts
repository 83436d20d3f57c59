import { newId, refuseAll } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { custodyCapExceeded, custodyRead } from '@steward/events';
import { requireUploaded } from '@steward/files';
import { publish, resolvePolicy, saveAggregate } from '@steward/service-kit';

import { custodyAggregate, custodyReadingEntity } from '../db/custody-entities.ts';
import { tell } from '../db/notices.ts';
import { custodyPolicy } from '../domain/custody-policy.ts';
import { markExceeded, newExcesses, read, readingViolations, type Readings } from '../domain/custody-rules.ts';
import type { Custody } from '../domain/custody.ts';
import { fieldTime } from '../domain/field-time.ts';
import type { RecordCustodyReadingInput } from '../graphql/generated.ts';
import { lockCustody } from './lock-custody.ts';

const rule = 'A061';

export type ReadingTaken = Readings & { photoFileIds?: readonly string[] | null; occurredAt?: Date | null };

/**
 * Keeps a reading and watches the caps: what an empty flat uses beyond them is told to the owner and the supervisor once
 * (A061). `changed` is what else the command does to the custody.
 */
export async function takeReading(
  tx: Tx,
  custody: Custody,
  taken: ReadingTaken,
  { action, changed = (row) => row }: { action: string; changed?: (row: Custody) => Custody },
): Promise<Custody> {
  const { now, tenantId, actor } = txScope(tx);
  const { waterM3, electricityKwh } = taken;
  refuseAll(readingViolations(custody, taken));
  const figures = await resolvePolicy(tx, custodyPolicy, custody.communityId);
  const bounds = { now, backdatingHours: figures.backdatingHours, notBefore: custody.lastReadAt, rule };
  const takenAt = fieldTime(taken.occurredAt, bounds);
  const photoFileIds = [...(taken.photoFileIds ?? [])];
  await requireUploaded(tx, photoFileIds, 'photo', 'input.photoFileIds');
  const after = read(custody, taken, takenAt);
  const excesses = custody.status === 'ACTIVE' ? newExcesses(after, figures) : [];
  const marked = changed(markExceeded(after, excesses, takenAt));
  const saved = await saveAggregate(tx, custodyAggregate, custody, marked, { action, rule });
  const reading = { takenAt, waterM3, electricityKwh, takenBy: actor.id, photoFileIds };
  await tx.insert(custodyReadingEntity, { id: newId(), tenantId, custodyId: custody.id, ...reading });
  const custodyId = custody.id;
  publish(tx, saved, custodyRead, { custodyId, takenAt: takenAt.toISOString(), waterM3, electricityKwh });
  for (const excess of excesses) {
    publish(tx, saved, custodyCapExceeded, { custodyId, ...excess });
    for (const to of [{ householdId: custody.householdId }, { role: 'supervisor' } as const])
      await tell(tx, saved, to, 'custodyCapExceeded', { ...excess, rule });
  }
  return saved;
}

export async function recordCustodyReading(tx: Tx, input: RecordCustodyReadingInput): Promise<{ id: string }> {
  const custody = await lockCustody(tx, input, 'recordCustodyReading');
  await takeReading(tx, custody, input, { action: 'recordCustodyReading' });
  return { id: custody.id };
}
