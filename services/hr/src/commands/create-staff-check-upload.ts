import type { Tx } from '@steward/db';
import { createUpload, type Upload } from '@steward/files';
import { authorize, managedCommunity } from '@steward/service-kit';

import type { CreateStaffCheckUploadInput } from '../graphql/generated.ts';

/** A place for a picture of what a check shows; writing the check up attaches it. */
export async function createStaffCheckUpload(tx: Tx, input: CreateStaffCheckUploadInput): Promise<Upload> {
  const { communityId, contentType, bytes, fileName } = input;
  await authorize(tx, { communityId });
  await managedCommunity(tx, communityId);
  return createUpload(tx, { purpose: 'photo', contentType, bytes, fileName, communityId });
}

// A link lives for ten minutes: repeating the call after a lost answer needs a new one.
createStaffCheckUpload.repeats = 'runAgain' as const;
