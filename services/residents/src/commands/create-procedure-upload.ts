import type { Tx } from '@steward/db';
import { createUpload, type Upload } from '@steward/files';
import { authorizeInCommunity } from '@steward/service-kit';

import type { CreateProcedureUploadInput } from '../graphql/generated.ts';

const purposes = { PHOTO: 'photo', SIGNATURE: 'signature', PAPER: 'document' } as const;

/** Whoever belongs to the community may bring a file; what it is attached to is judged by the procedure. */
export async function createProcedureUpload(tx: Tx, input: CreateProcedureUploadInput): Promise<Upload> {
  const { communityId, contentType, bytes, fileName } = input;
  await authorizeInCommunity(tx, communityId);
  return createUpload(tx, { purpose: purposes[input.purpose], contentType, bytes, fileName, communityId });
}

// A link lives for ten minutes: repeating the call after a lost answer needs a new one.
createProcedureUpload.repeats = 'runAgain' as const;
