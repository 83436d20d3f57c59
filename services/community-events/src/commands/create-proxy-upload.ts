import type { Tx } from '@steward/db';
import { createUpload, type Upload } from '@steward/files';
import { authorize } from '@steward/service-kit';

import type { CreateProxyUploadInput } from '../graphql/generated.ts';

export async function createProxyUpload(tx: Tx, input: CreateProxyUploadInput): Promise<Upload> {
  const { communityId, contentType, bytes, fileName } = input;
  await authorize(tx, { communityId });
  return createUpload(tx, { purpose: 'proxy', contentType, bytes, fileName, communityId });
}

// A link lives for ten minutes: repeating the call after a lost answer needs a new one.
createProxyUpload.repeats = 'runAgain' as const;
