import type { Migration } from '@steward/db';

// The last block that a comparison of the books has looked at: the next one begins after it. None is known of older ones.
const up = `alter table book_reconciliation add column verified_to bigint;
create index book_reconciliation_verified on book_reconciliation (community_id, verified_to) where is_clean;`;

const down = `drop index book_reconciliation_verified;
alter table book_reconciliation drop column verified_to;`;

export const migration: Migration = { name: '20261122-2402-keep-extent-of-comparisons', up, down };
