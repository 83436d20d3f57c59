import type { Tx } from '@steward/db';
import { createUpload, type Upload } from '@steward/files';
import { authorizeInCommunity } from '@steward/service-kit';

import type { CreateWorkOrderUploadInput } from '../graphql/generated.ts';

const purposes = { PHOTO: 'photo', SIGNATURE: 'signature' } as const;

/** Residents have no order yet when they photograph the damage: whose upload it is decides who may attach it. */
export async function createWorkOrderUpload(tx: Tx, input: CreateWorkOrderUploadInput): Promise<Upload> {
  const { communityId, contentType, bytes, fileName } = input;
  await authorizeInCommunity(tx, communityId);
  return createUpload(tx, { purpose: purposes[input.purpose], contentType, bytes, fileName, communityId });
}

// A link lives for ten minutes: repeating the call after a lost answer needs a new one.
createWorkOrderUpload.repeats = 'runAgain' as const;
