import { newId } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { householdFileChanged } from '@steward/events';
import { requireUploaded } from '@steward/files';
import { lockAuthorized, publish, saveAggregate } from '@steward/service-kit';

import { householdAggregate } from '../db/aggregates.ts';
import { documentEntity } from '../db/entities.ts';
import { loadHouseholdFiles } from '../db/household-file-queries.ts';
import { documentPurpose, householdFilePolicy } from '../domain/household-file-policy.ts';
import { judgeFile, requireDocument } from '../domain/household-file-rules.ts';
import type { FileHouseholdDocumentInput } from '../graphql/generated.ts';

export async function fileHouseholdDocument(tx: Tx, input: FileHouseholdDocumentInput): Promise<{ id: string }> {
  const { now, tenantId } = txScope(tx);
  const { kindCode, fileId = null } = input;
  const household = await lockAuthorized(tx, householdAggregate, input);
  const receivedAt = input.receivedAt ?? now;
  requireDocument({ kindCode, receivedAt }, now);
  if (fileId !== null) await requireUploaded(tx, [fileId], documentPurpose, 'input.fileId');
  await tx.insert(documentEntity, { id: newId(), tenantId, householdId: household.id, kindCode, fileId, receivedAt });
  const note = { action: 'fileHouseholdDocument', reasonCode: kindCode, rule: 'B016' };
  const saved = await saveAggregate(tx, householdAggregate, household, household, note);
  const contents = (await loadHouseholdFiles(tx, householdFilePolicy, [household.id])).get(household.id);
  if (contents === undefined) throw new Error('a household that is locked must have a file');
  const { missingKindCodes, isComplete } = judgeFile(contents);
  const fact = { householdId: household.id, documentKindCode: kindCode, missingKindCodes, isComplete };
  publish(tx, saved, householdFileChanged, fact);
  return { id: household.id };
}
