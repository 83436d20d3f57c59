import { tenantTableSql, type Migration } from '@steward/db';

const parties = `'CONTRACTOR', 'DEVELOPER', 'MERCHANT', 'PROPERTY'`;

const up = `
create table contact_list (
  id uuid primary key,
  tenant_id uuid not null,
  community_id uuid not null,
  number text not null,
  version int not null,
  created_at timestamptz not null,
  unique (tenant_id, id),
  unique (tenant_id, community_id),
  foreign key (tenant_id, community_id) references community (tenant_id, id)
);
${tenantTableSql('contact_list')}

create table contact_entry (
  id uuid primary key,
  tenant_id uuid not null,
  contact_list_id uuid not null,
  party text not null check (party in (${parties})),
  duty text not null,
  name_sealed text not null,
  name_masked text not null,
  phone_sealed text not null,
  phone_masked text not null,
  removed_at timestamptz,
  foreign key (tenant_id, contact_list_id) references contact_list (tenant_id, id)
);
create index contact_entry_of_list on contact_entry (contact_list_id, party, id);
${tenantTableSql('contact_entry')}

create table contact_change (
  id uuid primary key,
  tenant_id uuid not null,
  contact_list_id uuid not null,
  entry_id uuid not null references contact_entry (id),
  change text not null check (change in ('ADDED', 'CHANGED', 'REMOVED')),
  changed_at timestamptz not null,
  foreign key (tenant_id, contact_list_id) references contact_list (tenant_id, id)
);
create index contact_change_of_list on contact_change (contact_list_id, changed_at);
${tenantTableSql('contact_change', { appendOnly: true })}

create table contact_list_report (
  id uuid primary key,
  tenant_id uuid not null,
  contact_list_id uuid not null,
  period text not null check (period in ('WEEK', 'MONTH')),
  starts_on date not null,
  issued_at timestamptz not null,
  added_count int not null,
  changed_count int not null,
  removed_count int not null,
  unique (contact_list_id, period, starts_on),
  foreign key (tenant_id, contact_list_id) references contact_list (tenant_id, id)
);
${tenantTableSql('contact_list_report', { appendOnly: true })}
`;

const down = 'drop table contact_list_report, contact_change, contact_entry, contact_list;';

export const migration: Migration = { name: '20261122-1105-create-contact-lists', up, down };
