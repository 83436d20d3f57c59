import { tenantTableSql, type Migration } from '@steward/db';

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
const ofStaff = 'foreign key (tenant_id, staff_id) references staff (tenant_id, id)';

const up = `
create table conduct_record (${identity},
  staff_id uuid not null,
  kind_code text not null,
  points int not null check (points >= 0),
  reward_amount bigint check (reward_amount > 0),
  currency text not null,
  occurred_on date not null,
  note_sealed text,
  source_id uuid,
  status text not null check (status in ('RECORDED', 'CANCELLED')),
  check ((points = 0) = (reward_amount is not null)),
  ${inCommunity}, ${ofStaff}
);
create unique index conduct_record_source on conduct_record (tenant_id, source_id) where source_id is not null;
create index conduct_record_of_month on conduct_record (tenant_id, community_id, occurred_on, staff_id);
${tenantTableSql('conduct_record')}

-- Base pay by month, in minor units; part of the staff member.
create table staff_pay (
  staff_id uuid not null,
  tenant_id uuid not null,
  valid_from date not null,
  base_amount bigint not null check (base_amount >= 0),
  primary key (staff_id, valid_from),
  ${ofStaff}
);
${tenantTableSql('staff_pay')}

create table payroll_sheet (${identity},
  month text not null check (month ~ '^\\d{4}-\\d{2}$'),
  status text not null check (status in ('DRAFT', 'SUBMITTED', 'APPROVED')),
  staff_count int not null check (staff_count >= 0),
  total_amount bigint not null,
  currency text not null,
  lines_sha256 text not null,
  submitted_by text,
  approved_at timestamptz,
  unique (tenant_id, community_id, month),
  check ((status = 'APPROVED') = (approved_at is not null)),
  check ((status = 'DRAFT') = (submitted_by is null)),
  ${inCommunity}
);
${tenantTableSql('payroll_sheet')}

create table payroll_line (
  sheet_id uuid not null,
  tenant_id uuid not null,
  staff_id uuid not null,
  position int not null,
  kind text not null,
  quantity numeric not null,
  amount bigint not null,
  params jsonb not null,
  primary key (sheet_id, staff_id, position),
  ${ofStaff},
  foreign key (tenant_id, sheet_id) references payroll_sheet (tenant_id, id)
);
${tenantTableSql('payroll_line')}

-- An approved sheet is final, in the database as well.
create function refuse_approved_pay() returns trigger language plpgsql as $$
begin
  if (select status from payroll_sheet where id = coalesce(new.sheet_id, old.sheet_id)) = 'APPROVED' then
    raise exception 'the lines of an approved payroll sheet do not change';
  end if;
  return coalesce(new, old);
end $$;
create trigger payroll_line_final before insert or update or delete on payroll_line
  for each row execute function refuse_approved_pay();
`;

const down = `
drop table payroll_line, payroll_sheet, staff_pay, conduct_record;
drop function refuse_approved_pay;
`;

export const migration: Migration = { name: '20261122-2104-create-pay', up, down };
