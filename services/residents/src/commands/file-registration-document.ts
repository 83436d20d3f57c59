import { newId, refuseAll } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { residentRegistrationFiled } from '@steward/events';
import { requireUploaded } from '@steward/files';
import { publish, saveAggregate } from '@steward/service-kit';

import { registrationDocumentEntity, residentRegistrationAggregate } from '../db/register-entities.ts';
import { documentViolations } from '../domain/register-rules.ts';
import type { FileRegistrationDocumentInput } from '../graphql/generated.ts';
import { lockResidentRegistration, papersMissing } from './lock-resident-registration.ts';

export async function fileRegistrationDocument(tx: Tx, input: FileRegistrationDocumentInput): Promise<{ id: string }> {
  const { now, tenantId } = txScope(tx);
  const action = 'fileRegistrationDocument';
  const row = await lockResidentRegistration(tx, input, action);
  const { kindCode, fileId = null } = input;
  const receivedAt = input.receivedAt ?? now;
  refuseAll(documentViolations({ kindCode, receivedAt }, now));
  if (fileId !== null) await requireUploaded(tx, [fileId], 'document', 'input.fileId');
  const document = { id: newId(), tenantId, registrationId: row.id, kindCode, fileId, receivedAt };
  await tx.insert(registrationDocumentEntity, document);
  const note = { action, reason: kindCode, rule: 'A224' };
  const saved = await saveAggregate(tx, residentRegistrationAggregate, row, row, note);
  const missingKindCodes = await papersMissing(tx, row);
  const fact = { registrationId: row.id, documentKindCode: kindCode, missingKindCodes };
  publish(tx, saved, residentRegistrationFiled, fact);
  return { id: row.id };
}
