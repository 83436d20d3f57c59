import { DomainError } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { fileInspectionEnded } from '@steward/events';
import {
  cancelScheduled,
  lockAggregate,
  lockAuthorized,
  publish,
  saveAggregate,
  type DueTimer,
} from '@steward/service-kit';

import { fileInspectionAggregate } from '../db/file-set-entities.ts';
import { fileInspectionTimer } from '../domain/file-set-policy.ts';
import { endInspection, inspectionEndReasons, inspectionExpired } from '../domain/file-set-rules.ts';
import type { FileInspection } from '../domain/file-set.ts';
import type { EndFileInspectionInput } from '../graphql/generated.ts';

type Ending = { action: string; reasonCode: string; at: Date };

async function end(tx: Tx, inspection: FileInspection, { action, reasonCode, at }: Ending): Promise<void> {
  const note = { action, reason: reasonCode, rule: 'A214' };
  const ended = endInspection(inspection, reasonCode, at);
  const saved = await saveAggregate(tx, fileInspectionAggregate, inspection, ended, note);
  const { id: fileInspectionId, personId } = saved;
  publish(tx, saved, fileInspectionEnded, { fileInspectionId, personId, endedAt: at.toISOString(), reasonCode });
}

/** Takes a right to read back before its time. */
export async function endFileInspection(tx: Tx, input: EndFileInspectionInput): Promise<{ id: string }> {
  const { id, expectedVersion, reasonCode } = input;
  const inspection = await lockAuthorized(tx, fileInspectionAggregate, { id, expectedVersion });
  if (!inspectionEndReasons.includes(reasonCode)) {
    const params = { code: reasonCode };
    throw new DomainError('BAD_USER_INPUT', 'REASON_UNKNOWN', { path: 'input.reasonCode', params });
  }
  await end(tx, inspection, { action: 'endFileInspection', reasonCode, at: txScope(tx).now });
  await cancelScheduled(tx, id, fileInspectionTimer);
  return { id };
}

/** Timer: puts on record that a right to read has run out; nobody could use it from that instant on, timer or not. */
export async function expireFileInspection(tx: Tx, due: DueTimer): Promise<void> {
  const inspection = await lockAggregate(tx, fileInspectionAggregate, due.aggregateId ?? '');
  if (inspection.endedAt !== null) return;
  await end(tx, inspection, { action: 'expireFileInspection', reasonCode: inspectionExpired, at: inspection.validTo });
}
