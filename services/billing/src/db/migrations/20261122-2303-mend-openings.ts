import type { Migration } from '@steward/db';

const kinds = (named: string, check = ''): string => `
alter table opening_balance drop constraint opening_balance_kind_check;
alter table opening_balance add constraint opening_balance_kind_check check (kind in (${named}))${check};`;

const before = `'ARREARS', 'PREPAID', 'DEPOSIT', 'METER_BASE'`;

// Advances are taken over too. A row that was mistyped is withdrawn by postings of its own; its key is free again.
const up = `
alter table opening_import add column advance_amount bigint not null default 0;
alter table opening_import alter column advance_amount drop default;
${kinds(`${before}, 'ADVANCE'`)}
alter table opening_balance add column transaction_ids uuid[] not null default '{}';
alter table opening_balance add column withdrawn_at timestamptz;
alter table opening_balance drop constraint opening_balance_tenant_id_community_id_kind_source_key_key;
create unique index opening_balance_source on opening_balance (tenant_id, community_id, kind, source_key)
  where withdrawn_at is null;
create index opening_balance_of_charge on opening_balance (charge_id) where charge_id is not null;
grant update (withdrawn_at) on opening_balance to {{service}};
`;

const down = `
revoke update on opening_balance from {{service}};
drop index opening_balance_of_charge;
drop index opening_balance_source;
alter table opening_balance add constraint opening_balance_tenant_id_community_id_kind_source_key_key
  unique (tenant_id, community_id, kind, source_key);
alter table opening_balance drop column withdrawn_at;
alter table opening_balance drop column transaction_ids;
${kinds(before, ' not valid')}
alter table opening_import drop column advance_amount;
`;

export const migration: Migration = { name: '20261122-2303-mend-openings', up, down };
