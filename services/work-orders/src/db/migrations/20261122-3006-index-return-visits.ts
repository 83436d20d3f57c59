import type { Migration } from '@steward/db';

/** The month's return visits are found by when they were due. */
const up = `create index deadline_return_visit_due on deadline (community_id, due_at) where kind = 'RETURN_VISIT';`;

const down = 'drop index deadline_return_visit_due;';

export const migration: Migration = { name: '20261122-3006-index-return-visits', up, down };
