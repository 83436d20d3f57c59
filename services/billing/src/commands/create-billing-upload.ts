import type { Tx } from '@steward/db';
import { createUpload, type Upload } from '@steward/files';
import { authorize } from '@steward/service-kit';

import type { CreateBillingUploadInput } from '../graphql/generated.ts';

/** A place for a proof, a voucher or a signature; whose upload it is decides who may attach it. */
export async function createBillingUpload(tx: Tx, input: CreateBillingUploadInput): Promise<Upload> {
  const { communityId, contentType, bytes, fileName, purpose } = input;
  await authorize(tx, { communityId });
  return createUpload(tx, {
    purpose: purpose === 'SIGNATURE' ? 'signature' : 'document',
    contentType,
    bytes,
    fileName,
    communityId,
  });
}

// A link lives for ten minutes: repeating the call after a lost answer needs a new one.
createBillingUpload.repeats = 'runAgain' as const;
