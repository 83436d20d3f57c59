import type { Tx } from '@steward/db';
import { createUpload, type Upload } from '@steward/files';
import { lockAuthorized } from '@steward/service-kit';

import { householdAggregate } from '../db/aggregates.ts';
import { documentPurpose } from '../domain/household-file-policy.ts';
import type { CreateHouseholdDocumentUploadInput } from '../graphql/generated.ts';

export async function createHouseholdDocumentUpload(
  tx: Tx,
  input: CreateHouseholdDocumentUploadInput,
): Promise<Upload> {
  const { fileName, contentType, bytes } = input;
  const household = await lockAuthorized(tx, householdAggregate, { id: input.householdId });
  const { communityId } = household;
  return createUpload(tx, { purpose: documentPurpose, fileName, contentType, bytes, communityId });
}
