import { tenantTableSql, type Migration } from '@steward/db';

const ofCompany = `
  id uuid primary key,
  tenant_id uuid not null,
  community_id uuid check (community_id is null),
  number text not null,
  version int not null,
  created_at timestamptz not null`;

const identity = `
  id uuid primary key,
  tenant_id uuid not null,
  community_id uuid not null,
  number text not null,
  version int not null,
  created_at timestamptz not null`;

const inCommunity = `unique (tenant_id, id),
  unique (tenant_id, community_id, number),
  foreign key (tenant_id, community_id) references community_reference (tenant_id, id)`;

const up = `
-- Days are half-open [valid_from, valid_to).
create table authority_grant (${ofCompany},
  action text not null,
  role text,
  delegate_id uuid,
  delegator_id uuid,
  scope_id uuid,
  below_rank text,
  limit_amount bigint check (limit_amount >= 0),
  currency text,
  valid_from date not null,
  valid_to date check (valid_to > valid_from),
  status text not null check (status in ('ACTIVE', 'REVOKED')),
  unique (tenant_id, id),
  unique (tenant_id, number),
  check ((role is null) <> (delegate_id is null)),
  check ((delegate_id is null) = (delegator_id is null)),
  check (delegate_id <> delegator_id),
  check (delegate_id is null or valid_to is not null),
  check ((limit_amount is null) = (currency is null)),
  foreign key (tenant_id, scope_id) references community_reference (tenant_id, id),
  foreign key (tenant_id, delegate_id) references staff (tenant_id, id),
  foreign key (tenant_id, delegator_id) references staff (tenant_id, id),
  -- A role has one say at a time on an action in a place.
  constraint authority_grant_overlaps exclude using gist (
    tenant_id with =, action with =, role with =,
    (coalesce(scope_id, '00000000-0000-0000-0000-000000000000'::uuid)) with =,
    daterange(valid_from, valid_to) with &&
  ) where (status = 'ACTIVE' and role is not null)
);
create index authority_grant_standing on authority_grant (tenant_id, status, valid_from);
${tenantTableSql('authority_grant')}

create table spending_request (${identity},
  kind text not null check (kind in ('PAYMENT', 'CLAIM')),
  requester_id uuid not null,
  amount bigint not null check (amount > 0),
  currency text not null,
  purpose_sealed text not null,
  status text not null check (status in ('REQUESTED', 'APPROVED', 'REJECTED', 'WITHDRAWN')),
  decided_at timestamptz,
  check ((status = 'REQUESTED') = (decided_at is null)),
  ${inCommunity},
  foreign key (tenant_id, requester_id) references staff (tenant_id, id)
);
create index spending_request_of_staff on spending_request (tenant_id, requester_id);
${tenantTableSql('spending_request')}
`;

const down = `
drop table spending_request, authority_grant;
`;

export const migration: Migration = { name: '20261122-2201-create-authority', up, down };
