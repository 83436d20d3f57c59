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
const references = (column: string, table: string): string =>
  `foreign key (tenant_id, ${column}) references ${table} (tenant_id, id)`;

const up = `
-- Days are half-open [starts_on, ends_on).
create table team_plan (${identity},
  team_id uuid not null,
  starts_on date not null,
  ends_on date not null check (ends_on > starts_on),
  status text not null check (status in ('DRAFT', 'RUNNING', 'EVALUATED', 'CLOSED', 'WITHDRAWN')),
  evaluation_sealed text,
  check (status not in ('EVALUATED', 'CLOSED') or evaluation_sealed is not null),
  ${inCommunity}, ${references('team_id', 'team')},
  constraint team_plan_overlaps exclude using gist (
    team_id with =, daterange(starts_on, ends_on) with &&
  ) where (status <> 'WITHDRAWN')
);
${tenantTableSql('team_plan')}

create table team_plan_goal (
  id uuid primary key,
  tenant_id uuid not null,
  plan_id uuid not null,
  position int not null check (position > 0),
  text_sealed text not null,
  due_on date not null,
  responsible_id uuid not null,
  is_achieved boolean,
  result_sealed text,
  unique (tenant_id, id),
  unique (plan_id, position),
  ${references('plan_id', 'team_plan')}, ${references('responsible_id', 'staff')}
);
${tenantTableSql('team_plan_goal')}

create table team_plan_measure (
  id uuid primary key,
  tenant_id uuid not null,
  plan_id uuid not null,
  goal_id uuid not null,
  kind text not null check (kind in ('CORRECTIVE', 'PREVENTIVE')),
  text_sealed text not null,
  due_on date not null,
  responsible_id uuid not null,
  completed_at timestamptz,
  effect_sealed text,
  check ((completed_at is null) = (effect_sealed is null)),
  ${references('plan_id', 'team_plan')}, ${references('goal_id', 'team_plan_goal')},
  ${references('responsible_id', 'staff')}
);
create index team_plan_measure_of_plan on team_plan_measure (plan_id);
${tenantTableSql('team_plan_measure')}
`;

const down = `
drop table team_plan_measure, team_plan_goal, team_plan;
`;

export const migration: Migration = { name: '20261122-2404-create-team-plans', up, down };
