import type { Migration } from '@steward/db';

// A claim is paid from a till or by a transfer, under its number.
const up = `
alter table expense_claim add column means text check (means in ('CASH', 'TRANSFER'));
alter table expense_claim add column reference text;
`;

const down = `
alter table expense_claim drop column reference;
alter table expense_claim drop column means;
`;

export const migration: Migration = { name: '20261122-2304-pay-claims', up, down };
