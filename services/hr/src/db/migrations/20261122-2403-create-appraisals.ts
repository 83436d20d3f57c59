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
create table appraisal (${identity},
  staff_id uuid not null,
  starts_on date not null,
  ends_on date not null check (ends_on > starts_on),
  status text not null check (status in
    ('OPEN', 'SELF_ASSESSED', 'RATED', 'ACKNOWLEDGED', 'APPEALED', 'DECIDED', 'CANCELLED')),
  weights jsonb not null,
  evidence jsonb not null,
  self_scores jsonb,
  scores jsonb,
  total_hundredths int check (total_hundredths between 0 and 10000),
  grade text check (grade in ('EXCELLENT', 'GOOD', 'PASSED', 'POOR')),
  rated_by text,
  rated_at timestamptz,
  settled_at timestamptz,
  self_comment_sealed text,
  comment_sealed text,
  appeal_sealed text,
  decision_sealed text,
  check (status not in ('RATED', 'ACKNOWLEDGED', 'APPEALED', 'DECIDED')
    or (scores is not null and total_hundredths is not null and grade is not null and rated_at is not null)),
  check ((status in ('ACKNOWLEDGED', 'DECIDED')) = (settled_at is not null)),
  check (status not in ('APPEALED', 'DECIDED') or appeal_sealed is not null),
  ${inCommunity}, ${references('staff_id', 'staff')},
  -- No day is appraised twice.
  constraint appraisal_overlaps exclude using gist (
    staff_id with =, daterange(starts_on, ends_on) with &&
  ) where (status <> 'CANCELLED')
);
${tenantTableSql('appraisal')}
`;

const down = `
drop table appraisal;
`;

export const migration: Migration = { name: '20261122-2403-create-appraisals', up, down };
