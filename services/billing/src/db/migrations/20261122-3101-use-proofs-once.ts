import type { Migration } from '@steward/db';

// A voucher is claimed once, an invoice has a number of its own: both are looked up before they are kept. Older rows stay as
// they are, so these are no constraints.
const up = `
create index expense_claim_voucher on expense_claim using gin (lines jsonb_path_ops) where status <> 'REJECTED';
create index invoice_request_number on invoice_request (invoice_number) where invoice_number is not null;
`;

const down = `
drop index invoice_request_number;
drop index expense_claim_voucher;
`;

export const migration: Migration = { name: '20261122-3101-use-proofs-once', up, down };
