import type { Migration } from '@steward/db';

import { createStaff } from './migrations/20261122-2000-create-staff.ts';

/** In order; never edited once merged. */
export const migrations: Migration[] = [createStaff];
