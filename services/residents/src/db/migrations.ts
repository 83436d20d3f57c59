import type { Migration } from '@steward/db';

import { createCommunities } from './migrations/20261122-1001-create-communities.ts';
import { createHouseholds } from './migrations/20261122-1002-create-households.ts';

/** In order; never edited once merged. */
export const migrations: Migration[] = [createCommunities, createHouseholds];
