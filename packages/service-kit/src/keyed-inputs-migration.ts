import type { Migration } from '@steward/db';

/**
 * What a key was used with is compared by a keyed hash: of a plain one, whoever has the table and a masked phone number
 * finds the number by trying. What was kept so far is forgotten; those keys answer their first result without comparing.
 * The old column stays for processes of the version before, until they have stopped.
 */
export const keyedInputsMigration: Migration = {
  name: '20261122-0106-kit-keyed-inputs',
  up: `
    alter table idempotency_key alter column input_sha256 drop not null, add column input_mac text;
    alter table idempotency_key no force row level security;
    update idempotency_key set input_sha256 = null;
    alter table idempotency_key force row level security;`,
  down: `
    alter table idempotency_key no force row level security;
    update idempotency_key set input_sha256 = coalesce(input_sha256, 'unknown');
    alter table idempotency_key force row level security;
    alter table idempotency_key alter column input_sha256 set not null, drop column input_mac;`,
};
