import type { Tx } from '@steward/db';
import { createUpload, type Upload } from '@steward/files';
import { authorize, invocationOf } from '@steward/service-kit';

import type { CreateComplaintUploadInput } from '../graphql/generated.ts';

/** Residents have no complaint yet when they take a picture: whose upload it is decides who may attach it. */
export async function createComplaintUpload(tx: Tx, input: CreateComplaintUploadInput): Promise<Upload> {
  const { communityId, contentType, bytes, fileName } = input;
  const { viewer } = invocationOf(tx);
  const lives = viewer.communityIds === 'all' || viewer.communityIds.includes(communityId);
  const personIds = lives && viewer.personId !== undefined ? [viewer.personId] : [];
  await authorize(tx, { communityId, personIds });
  return createUpload(tx, { purpose: 'photo', contentType, bytes, fileName, communityId });
}

// A link lives for ten minutes: repeating the call after a lost answer needs a new one.
createComplaintUpload.repeats = 'runAgain' as const;
