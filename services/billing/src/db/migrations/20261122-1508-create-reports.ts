import { tenantTableSql, type Migration } from '@steward/db';

const identity = `
  id uuid primary key,
  tenant_id uuid not null,
  community_id uuid not null,
  number text not null,
  version int not null,
  created_at timestamptz not null`;

const up = `
-- Owner fee books and cash against the ledger (A232).
create table book_reconciliation (${identity},
  on_day date not null,
  checks jsonb not null,
  findings jsonb not null,
  is_clean boolean not null,
  unique (tenant_id, id),
  constraint book_reconciliation_number_unique unique (tenant_id, community_id, number)
);
create index book_reconciliation_newest on book_reconciliation (community_id, created_at, id);
${tenantTableSql('book_reconciliation', { appendOnly: true })}

-- What was charged, collected and is owed, of a day for the manager (B011) or a month for the director (A235, A254).
create table collection_report (${identity},
  status text not null check (status in ('ISSUED', 'REVIEWED')),
  period text not null check (period in ('DAY', 'MONTH')),
  starts_on date not null,
  ends_on date not null check (ends_on > starts_on),
  statistics jsonb not null,
  plan_sealed text,
  meeting_on date,
  reviewed_at timestamptz,
  unique (tenant_id, id),
  unique (community_id, period, starts_on),
  check ((status = 'REVIEWED') = (reviewed_at is not null)),
  check ((status = 'REVIEWED') = (plan_sealed is not null))
);
create index collection_report_newest on collection_report (community_id, starts_on, id);
${tenantTableSql('collection_report')}
revoke delete on collection_report from {{service}};

-- Income and expenditure as they were made public, from closed months only (A003).
create table published_accounts (${identity},
  starts_on date not null,
  ends_on date not null check (ends_on > starts_on),
  currency text not null,
  height bigint not null,
  hash bytea not null,
  unique (tenant_id, id),
  unique (community_id, starts_on, ends_on)
);
create index published_accounts_newest on published_accounts (community_id, starts_on, id);
${tenantTableSql('published_accounts', { appendOnly: true })}

create table published_figure (
  id uuid primary key,
  tenant_id uuid not null,
  published_accounts_id uuid not null,
  position int not null,
  account_type text not null,
  charge_type_code text,
  amount bigint not null,
  foreign key (tenant_id, published_accounts_id) references published_accounts (tenant_id, id),
  unique (published_accounts_id, position)
);
${tenantTableSql('published_figure', { appendOnly: true })}
create trigger published_accounts_append_only before update or delete or truncate on published_accounts
  for each statement execute function refuse_ledger_change();
create trigger published_figure_append_only before update or delete or truncate on published_figure
  for each statement execute function refuse_ledger_change();

-- What is planned to be earned and spent in a year, by the accounts of the ledger (A015).
create table annual_budget (${identity},
  status text not null check (status in ('DRAFT', 'APPROVED')),
  year int not null check (year between 2000 and 2200),
  currency text not null,
  lines jsonb not null,
  approved_at timestamptz,
  approved_by uuid,
  unique (tenant_id, id),
  unique (community_id, year),
  check ((status = 'APPROVED') = (approved_at is not null))
);
create index annual_budget_newest on annual_budget (community_id, year, id);
${tenantTableSql('annual_budget')}
revoke delete on annual_budget from {{service}};
`;

const down = `
drop table annual_budget, published_figure, published_accounts, collection_report, book_reconciliation;
`;

export const migration: Migration = { name: '20261122-1508-create-reports', up, down };
