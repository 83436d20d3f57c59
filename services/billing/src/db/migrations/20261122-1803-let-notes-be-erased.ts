import type { Migration } from '@steward/db';

const up = `
-- Steps of dunning are only ever added; of one that is there nothing but its note can be emptied, when whom it tells of
-- is erased.
grant update (note_sealed) on dunning_step to {{service}};
`;

const down = `revoke update (note_sealed) on dunning_step from {{service}};`;

export const migration: Migration = { name: '20261122-1803-let-notes-be-erased', up, down };
