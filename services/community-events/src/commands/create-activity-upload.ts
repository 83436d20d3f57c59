import type { Tx } from '@steward/db';
import { createUpload, type Upload } from '@steward/files';
import { authorize } from '@steward/service-kit';

import type { CreateActivityUploadInput } from '../graphql/generated.ts';

export async function createActivityUpload(tx: Tx, input: CreateActivityUploadInput): Promise<Upload> {
  const { communityId, contentType, bytes, fileName, kind } = input;
  await authorize(tx, { communityId });
  const purpose = kind === 'PHOTO' ? 'photo' : 'video';
  return createUpload(tx, { purpose, contentType, bytes, fileName, communityId });
}

// A link lives for ten minutes: repeating the call after a lost answer needs a new one.
createActivityUpload.repeats = 'runAgain' as const;
