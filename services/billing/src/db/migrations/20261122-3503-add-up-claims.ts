import type { Migration } from '@steward/db';

const up = `
-- What a refund or a claim was measured by: with those of the same account or claimant shortly before; null: by itself.
alter table refund add column measured_amount bigint check (measured_amount > 0);
alter table expense_claim add column measured_amount bigint check (measured_amount > 0);
create index refund_added_up on refund (billing_account_id, created_at) where status <> 'REJECTED';
create index expense_claim_added_up on expense_claim (claimant_id, created_at) where status <> 'REJECTED';
`;

const down = `
drop index expense_claim_added_up;
drop index refund_added_up;
alter table expense_claim drop column measured_amount;
alter table refund drop column measured_amount;
`;

export const migration: Migration = { name: '20261122-3503-add-up-claims', up, down };
