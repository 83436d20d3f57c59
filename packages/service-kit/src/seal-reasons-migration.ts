import type { Migration } from '@steward/db';

/**
 * A reason in words has a column of its own, so that whether one is sealed is not read off its first character. What was
 * sealed so far began with the number of its key. The history is the tenants' alone, so the policy that binds the owner as
 * well stands aside while rows are moved.
 */
export const sealReasonsMigration: Migration = {
  name: '20261122-0105-kit-seal-reasons',
  up: `
    alter table change add column reason_sealed text;
    alter table change no force row level security;
    update change set reason_sealed = reason, reason = null where reason ~ '^[0-9]+[.]';
    alter table change force row level security;
    alter table change add constraint change_has_one_reason check (num_nonnulls(reason, reason_sealed) <= 1);`,
  down: `
    alter table change no force row level security;
    update change set reason = reason_sealed, reason_sealed = null where reason_sealed is not null;
    alter table change force row level security;
    alter table change drop column reason_sealed;`,
};
