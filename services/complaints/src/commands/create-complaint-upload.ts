import type { Tx } from '@steward/db';
import { createUpload, type Upload } from '@steward/files';
import { authorizeInCommunity } from '@steward/service-kit';

import type { CreateComplaintUploadInput } from '../graphql/generated.ts';

/** Residents have no complaint yet when they take a picture: whose upload it is decides who may attach it. */
export async function createComplaintUpload(tx: Tx, input: CreateComplaintUploadInput): Promise<Upload> {
  const { communityId, contentType, bytes, fileName } = input;
  await authorizeInCommunity(tx, communityId);
  return createUpload(tx, { purpose: 'photo', contentType, bytes, fileName, communityId });
}

// A link lives for ten minutes: repeating the call after a lost answer needs a new one.
createComplaintUpload.repeats = 'runAgain' as const;
