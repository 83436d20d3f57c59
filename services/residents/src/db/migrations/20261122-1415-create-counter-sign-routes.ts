import { tenantTableSql, type Migration } from '@steward/db';

const up = `
create table counter_sign_route (
  id uuid primary key,
  tenant_id uuid not null,
  community_id uuid not null,
  number text not null,
  version int not null,
  created_at timestamptz not null,
  kind text not null check (kind in ('DECORATION', 'TEMPORARY_STRUCTURE', 'MOVE_OUT', 'MANDATE', 'OTHER')),
  status text not null check (status in ('OPEN', 'RETURNED', 'COMPLETED', 'CANCELLED')),
  subject_id uuid,
  title_sealed text not null,
  department_codes text[] not null check (cardinality(department_codes) > 0),
  position int not null check (position between 0 and cardinality(department_codes)),
  round int not null check (round > 0),
  opened_by_id uuid,
  opened_by text not null,
  reason_code text,
  check ((kind = 'OTHER') or subject_id is not null),
  check ((status = 'COMPLETED') = (position = cardinality(department_codes))),
  unique (tenant_id, id),
  unique (tenant_id, community_id, number),
  foreign key (tenant_id, community_id) references community (tenant_id, id)
);
create unique index counter_sign_route_once on counter_sign_route (subject_id) where status in ('OPEN', 'RETURNED');
create index counter_sign_route_newest on counter_sign_route (tenant_id, community_id, created_at, id);
${tenantTableSql('counter_sign_route')}

create table counter_sign_step (
  id uuid primary key,
  tenant_id uuid not null,
  route_id uuid not null,
  round int not null,
  department_code text not null,
  decision text not null check (decision in ('SIGNED', 'RETURNED')),
  decided_at timestamptz not null,
  decided_by_id uuid,
  reason_sealed text,
  check (decision = 'SIGNED' or reason_sealed is not null),
  unique (route_id, round, department_code),
  foreign key (tenant_id, route_id) references counter_sign_route (tenant_id, id)
);
${tenantTableSql('counter_sign_step', { appendOnly: true })}
`;

const down = 'drop table counter_sign_step, counter_sign_route;';

export const migration: Migration = { name: '20261122-1415-create-counter-sign-routes', up, down };
