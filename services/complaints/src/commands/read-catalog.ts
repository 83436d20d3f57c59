import type { Tx } from '@steward/db';

import { addedCodes } from '../db/catalog-queries.ts';
import { catalogOf, type Catalog } from '../domain/complaint-catalog.ts';

/** The codes that new complaints of a community can have. */
export const readCatalog = async (tx: Tx, communityId: string): Promise<Catalog> =>
  catalogOf(await addedCodes(tx, communityId));
