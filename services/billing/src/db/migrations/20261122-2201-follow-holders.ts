import { tenantTableSql, type Migration } from '@steward/db';

const up = `
-- Charges whose days turned out to be somebody else's: until all of them are charged again they are looked for.
create index charge_relieved on charge (unit_id)
  where status = 'REVERSED' and reason_code = 'HOLDER_CHANGED';

-- Units whose lines in a run that is not posted yet are no longer true. No reference to the run: whoever writes here must
-- not wait for the step that holds it.
create table charge_run_stale (
  tenant_id uuid not null,
  run_id uuid not null,
  unit_id uuid not null,
  primary key (run_id, unit_id)
);
${tenantTableSql('charge_run_stale')}
`;

const down = `
drop table charge_run_stale;
drop index charge_relieved;
`;

export const migration: Migration = { name: '20261122-2201-follow-holders', up, down };
