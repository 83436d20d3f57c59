import { tenantTableSql, type Migration } from '@steward/db';

const identity = `
  id uuid primary key,
  tenant_id uuid not null,
  community_id uuid not null,
  number text not null,
  version int not null,
  created_at timestamptz not null,
  staff_id uuid not null`;

const constraints = `unique (tenant_id, community_id, number),
  foreign key (tenant_id, community_id) references community_reference (tenant_id, id),
  foreign key (tenant_id, staff_id) references staff (tenant_id, id)`;

const up = `
-- Days are half-open [starts_on, ends_on).
create table leave_request (${identity},
  kind_code text not null,
  starts_on date not null,
  ends_on date not null check (ends_on > starts_on),
  reason_sealed text not null,
  status text not null check (status in ('REQUESTED', 'ENDORSED', 'APPROVED', 'REJECTED', 'WITHDRAWN')),
  endorsed_by text,
  decided_at timestamptz,
  check ((status in ('APPROVED', 'REJECTED', 'WITHDRAWN')) = (decided_at is not null)),
  ${constraints},
  -- Nobody is at leave twice.
  constraint leave_request_overlaps exclude using gist (
    staff_id with =, daterange(starts_on, ends_on) with &&
  ) where (status in ('REQUESTED', 'ENDORSED', 'APPROVED'))
);
create index leave_request_of_staff on leave_request (tenant_id, staff_id, starts_on);
${tenantTableSql('leave_request')}

create table overtime_request (${identity},
  worked_on date not null,
  overtime_from timestamptz not null,
  overtime_to timestamptz not null check (overtime_to > overtime_from),
  reason_sealed text not null,
  status text not null check (status in ('REQUESTED', 'APPROVED', 'REJECTED', 'WITHDRAWN')),
  decided_at timestamptz,
  check ((status = 'REQUESTED') = (decided_at is null)),
  ${constraints},
  constraint overtime_request_overlaps exclude using gist (
    staff_id with =, tstzrange(overtime_from, overtime_to) with &&
  ) where (status in ('REQUESTED', 'APPROVED'))
);
create index overtime_request_of_staff on overtime_request (tenant_id, staff_id, worked_on);
${tenantTableSql('overtime_request')}
`;

const down = `
drop table overtime_request, leave_request;
`;

export const migration: Migration = { name: '20261122-2103-create-leave', up, down };
