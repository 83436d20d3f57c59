import { newId } from '@steward/core';
import type { Tx } from '@steward/db';
import { decorationInspectionOpened } from '@steward/events';
import { insertAggregate, nextNumber, openChecklist, publish } from '@steward/service-kit';

import { decorationInspectionAggregate } from '../db/decoration-aggregates.ts';
import { decorationEntity } from '../db/decoration-entities.ts';
import { inspectionFact } from '../domain/decoration-facts.ts';
import { decorationChecklist, decorationChecklistName } from '../domain/decoration-inspection-policy.ts';
import type { DecorationInspection, DecorationInspectionOrigin } from '../domain/decoration-inspection.ts';
import { decorationPrefixes } from '../domain/decoration-policy.ts';

type Opening = { origin: DecorationInspectionOrigin; day: string; zone: string };

/** Puts the list of an inspection before whoever goes there (A313). */
export async function openDecorationInspection(
  tx: Tx,
  decorationId: string,
  { origin, day, zone }: Opening,
): Promise<DecorationInspection> {
  const decoration = await tx.findOneByOrFail(decorationEntity, { id: decorationId });
  const { communityId, householdId } = decoration;
  const fresh: Omit<DecorationInspection, 'tenantId' | 'version' | 'createdAt'> = {
    id: newId(),
    communityId,
    number: await nextNumber(tx, communityId, decorationPrefixes.inspection, zone),
    decorationId,
    householdId,
    origin,
    status: 'OPEN',
    inspectedOn: day,
    inspectedAt: null,
    inspectorId: null,
    failedCodes: [],
    findingsSealed: null,
  };
  const rule = origin === 'SAMPLE' ? 'A238' : 'A313';
  const note = { action: 'openDecorationInspection', reasonCode: origin, rule };
  const inspection = await insertAggregate(tx, decorationInspectionAggregate, fresh, note);
  await openChecklist(tx, decorationInspectionAggregate, inspection, decorationChecklistName, decorationChecklist);
  publish(tx, inspection, decorationInspectionOpened, inspectionFact(inspection));
  return inspection;
}
