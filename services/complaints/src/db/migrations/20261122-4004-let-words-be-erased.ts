import type { Migration } from '@steward/db';

/** Steps and remarks are only ever added to, but for one thing: the words of an erased person can be emptied. */
export const migration: Migration = {
  name: '20261122-4004-let-words-be-erased',
  up: `
    grant update (note_sealed) on complaint_step to {{service}};
    grant update (text_sealed) on complaint_remark to {{service}};`,
  down: `
    revoke update (text_sealed) on complaint_remark from {{service}};
    revoke update (note_sealed) on complaint_step from {{service}};`,
};
