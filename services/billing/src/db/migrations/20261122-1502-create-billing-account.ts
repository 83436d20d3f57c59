import { tenantTableSql, type Migration } from '@steward/db';

export const contentUuidSql = `create function content_uuid(content text) returns uuid language sql immutable strict parallel safe
  return encode(set_byte(set_byte(substring(sha256(convert_to(content, 'UTF8')) from 1 for 16), 6, 128), 8, 128),
                'hex')::uuid;`;

const up = `
-- An id that follows from what it names (UUID version 8 of RFC 9562: a sha256): altering a key is found by its id.
${contentUuidSql}

create function billing_account_id(community uuid, unit uuid, party_kind text, party uuid) returns uuid
  language sql immutable parallel safe
  return content_uuid('billing-account|' || community::text || '|' || coalesce(unit::text, '-') || '|' || party_kind
                      || '|' || party::text);

-- Who owes: a party in a community, for a unit or for none.
create table billing_account (
  id uuid primary key,
  tenant_id uuid not null,
  community_id uuid not null,
  number text not null,
  version int not null,
  created_at timestamptz not null,
  unit_id uuid,
  household_id uuid,
  party_kind text not null check (party_kind in ('PERSON', 'ORGANISATION', 'HOUSEHOLD')),
  party_id uuid not null,
  unique (tenant_id, id),
  constraint billing_account_number_unique unique (tenant_id, community_id, number),
  constraint billing_account_content check (id = billing_account_id(community_id, unit_id, party_kind, party_id))
);
create index billing_account_newest on billing_account (community_id, created_at, id);
create index billing_account_of_unit on billing_account (unit_id) where unit_id is not null;
create index billing_account_of_household on billing_account (household_id) where household_id is not null;
create index billing_account_of_party on billing_account (party_id);
${tenantTableSql('billing_account')}
revoke delete on billing_account from {{service}};

-- Which billing account owes for a unit on which days; half-open, never overlapping for one holding.
create table unit_liability (
  id uuid primary key,
  tenant_id uuid not null,
  community_id uuid not null,
  holding_id uuid not null,
  unit_id uuid not null,
  household_id uuid not null,
  billing_account_id uuid not null,
  tenure text not null check (tenure in ('OWNED', 'RENTED')),
  valid_from date not null,
  valid_to date check (valid_to > valid_from),
  foreign key (tenant_id, billing_account_id) references billing_account (tenant_id, id)
);
create index unit_liability_of_unit on unit_liability (community_id, unit_id);
create index unit_liability_of_household on unit_liability (household_id);
create index unit_liability_of_account on unit_liability (billing_account_id);
${tenantTableSql('unit_liability')}
`;

const down = `
drop table unit_liability, billing_account;
drop function billing_account_id(uuid, uuid, text, uuid);
drop function content_uuid(text);
`;

export const migration: Migration = { name: '20261122-1502-create-billing-account', up, down };
