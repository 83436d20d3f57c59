import { newId, refuseAll } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { custodyPatrolled } from '@steward/events';
import { requireUploaded } from '@steward/files';
import { meetDeadline, publish, resolvePolicy, saveAggregate, sealOptional } from '@steward/service-kit';

import { custodyAggregate, custodyPatrolEntity } from '../db/custody-entities.ts';
import { duePatrols } from '../db/custody-queries.ts';
import { tell } from '../db/notices.ts';
import { custodyPolicy } from '../domain/custody-policy.ts';
import { patrolViolations, settledBy } from '../domain/custody-rules.ts';
import type { Custody, CustodyPatrol, CustodyPatrolKind } from '../domain/custody.ts';
import { fieldTime } from '../domain/field-time.ts';
import type { RecordCustodyPatrolInput } from '../graphql/generated.ts';
import { lockCustody } from './lock-custody.ts';

const rule = 'A062';

type Walk = Pick<CustodyPatrol, 'patrolledAt' | 'patrolledBy' | 'findingCodes' | 'noteSealed' | 'photoFileIds'>;

async function keepWalk(tx: Tx, custody: Custody, kind: CustodyPatrolKind, walk: Walk, due: readonly CustodyPatrol[]) {
  const { tenantId } = txScope(tx);
  const done = { ...walk, status: 'DONE' as const };
  for (const { id } of due) await tx.update(custodyPatrolEntity, { id, tenantId }, done);
  if (due.length > 0) return;
  const extra = { id: newId(), tenantId, custodyId: custody.id, kind, warningId: null, dueAt: null };
  await tx.insert(custodyPatrolEntity, { ...extra, ...done });
}

/** Keeps a walk round the flat; what was found, with its photos, is told to the owner (A062). */
export async function recordCustodyPatrol(tx: Tx, input: RecordCustodyPatrolInput): Promise<{ id: string }> {
  const { now, actor } = txScope(tx);
  const custody = await lockCustody(tx, input, 'recordCustodyPatrol');
  const { kind } = input;
  const findingCodes = [...(input.findingCodes ?? [])];
  const photoFileIds = [...(input.photoFileIds ?? [])];
  const report = { kind, findingCodes, photoCount: photoFileIds.length };
  const due = settledBy(report, await duePatrols(tx, custody.id));
  refuseAll(patrolViolations(report));
  const { backdatingHours } = await resolvePolicy(tx, custodyPolicy, custody.communityId);
  const patrolledAt = fieldTime(input.occurredAt, { now, backdatingHours, rule });
  await requireUploaded(tx, photoFileIds, 'photo', 'input.photoFileIds');
  const note = { action: 'recordCustodyPatrol', reasonCode: kind, rule };
  const saved = await saveAggregate(tx, custodyAggregate, custody, custody, note);
  const noteSealed = sealOptional(tx, input.note);
  await keepWalk(
    tx,
    custody,
    kind,
    { patrolledAt, patrolledBy: actor.id, findingCodes, noteSealed, photoFileIds },
    due,
  );
  const data = { custodyId: custody.id, kind, patrolledAt: patrolledAt.toISOString(), findingCodes };
  publish(tx, saved, custodyPatrolled, data);
  if (due.length > 0) await meetDeadline(tx, saved, kind, patrolledAt);
  const params = { kind, findings: findingCodes.length, photos: photoFileIds.length, rule };
  await tell(tx, saved, { householdId: custody.householdId }, 'custodyPatrolled', params);
  return { id: custody.id };
}
