import { tenantTableSql, type Migration } from '@steward/db';

const up = `
-- Persons whose data was erased: nothing is made out to them any more, as no second erasure would find it.
create table erased_person (
  tenant_id uuid not null,
  person_id uuid not null,
  erased_at timestamptz not null,
  primary key (tenant_id, person_id)
);
${tenantTableSql('erased_person', { appendOnly: true })}
`;

const down = `drop table erased_person;`;

export const migration: Migration = { name: '20261122-1903-erase-papers', up, down };
