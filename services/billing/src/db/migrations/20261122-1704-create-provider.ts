import { tenantTableSql, type Migration } from '@steward/db';

const identity = `
  id uuid primary key,
  tenant_id uuid not null,
  community_id uuid not null,
  number text not null,
  version int not null,
  created_at timestamptz not null`;

const up = `
-- A payment by telephone: an order at the provider 微信支付.
create table provider_payment (${identity},
  status text not null check (status in ('PREPARING', 'READY', 'PAID', 'CLOSED', 'FAILED')),
  billing_account_id uuid not null,
  household_id uuid,
  amount bigint not null,
  currency text not null,
  code_url text,
  expires_at timestamptz not null,
  transaction_number text,
  paid_at timestamptz,
  payment_id uuid,
  failure text,
  unique (tenant_id, id),
  constraint provider_payment_number_unique unique (tenant_id, community_id, number),
  check (amount > 0),
  check ((status = 'PAID') = (payment_id is not null and transaction_number is not null))
);
create index provider_payment_newest on provider_payment (community_id, created_at, id);
create unique index provider_payment_number on provider_payment (tenant_id, number);
${tenantTableSql('provider_payment')}
revoke delete on provider_payment from {{service}};

-- A community's account at a provider; its keys are sealed and never read back by anybody.
create table provider_account (
  community_id uuid primary key,
  tenant_id uuid not null,
  app_id text not null,
  merchant_id text not null,
  serial_number text not null,
  private_key_sealed text not null,
  api_key_sealed text not null,
  api_origin text not null,
  notify_origin text not null,
  set_at timestamptz not null
);
${tenantTableSql('provider_account')}

-- A day of the provider's accounts beside ours.
create table provider_bill (
  tenant_id uuid not null,
  community_id uuid not null,
  on_day date not null,
  line_count int not null,
  paid_amount bigint not null,
  refunded_amount bigint not null,
  fee_amount bigint not null,
  differences jsonb not null,
  compared_at timestamptz not null,
  primary key (tenant_id, community_id, on_day)
);
${tenantTableSql('provider_bill')}
`;

const down = `
drop table provider_account, provider_bill, provider_payment;
`;

export const migration: Migration = { name: '20261122-1704-create-provider', up, down };
