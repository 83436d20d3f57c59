import type { Migration } from '@steward/db';

import { createReferences } from './migrations/20261122-3001-create-references.ts';
import { createWorkOrder } from './migrations/20261122-3002-create-work-order.ts';
import { createReviewsAndCatalogues } from './migrations/20261122-3003-create-reviews-and-catalogues.ts';

/** In order; never edited once merged. */
export const migrations: Migration[] = [createReferences, createWorkOrder, createReviewsAndCatalogues];
