import type { Tx } from '@steward/db';

import type { CommunityReference } from '../domain/references.ts';
import { communityReferenceEntity } from './reference-entities.ts';

/** A community as residents told of it; null if it did not. */
export const communityReference = (tx: Tx, id: string): Promise<CommunityReference | null> =>
  tx.createQueryBuilder(communityReferenceEntity, 'c').where('c.id = :id', { id }).getOne();
