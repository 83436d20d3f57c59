import type { Migration } from '@steward/db';

/** All orders of one of the staff, newest first: the index by status would have to be sorted. */
const up = `create index work_order_of_staff on work_order (assignee_id, received_at, id) where assignee_id is not null;`;

const down = 'drop index work_order_of_staff;';

export const migration: Migration = { name: '20261122-3007-index-orders-of-staff', up, down };
