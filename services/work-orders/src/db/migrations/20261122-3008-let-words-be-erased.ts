import type { Migration } from '@steward/db';

/** Remarks are only ever added to, but for one thing: the words of an erased person can be emptied. */
export const migration: Migration = {
  name: '20261122-3008-let-words-be-erased',
  up: `
    grant update (text_sealed) on work_order_remark to {{service}};
    create index work_order_of_requester on work_order (requester_id, received_at, id) where requester_id is not null;`,
  down: `
    drop index work_order_of_requester;
    revoke update (text_sealed) on work_order_remark from {{service}};`,
};
