import { tenantTableSql, type Migration } from '@steward/db';

const up = `
-- The merchant that an order was made with; null: from before there was a choice, the first one of the community.
alter table provider_payment add column merchant_id text;

-- Merchants that a community had before, so that what was paid to them can go back and their last days are compared.
create table provider_former_account (
  community_id uuid not null,
  merchant_id text not null,
  tenant_id uuid not null,
  app_id text not null,
  serial_number text not null,
  private_key_sealed text not null,
  api_key_sealed text not null,
  api_origin text not null,
  notify_origin text not null,
  set_at timestamptz not null,
  until_at timestamptz not null,
  primary key (community_id, merchant_id)
);
${tenantTableSql('provider_former_account')}
create index provider_former_account_of_merchant on provider_former_account (merchant_id);
`;

const down = `
drop table provider_former_account;
alter table provider_payment drop column merchant_id;
`;

export const migration: Migration = { name: '20261122-3502-keep-merchants', up, down };
