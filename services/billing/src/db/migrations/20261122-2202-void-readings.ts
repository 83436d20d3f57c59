import type { Migration } from '@steward/db';

// Checks of one row have names that were given to them in an order; they are found by what they say.
const dropChecks = (table: string, about: string): string => `
do $$ declare found record; begin
  for found in select conname from pg_constraint
    where conrelid = '${table}'::regclass and contype = 'c' and pg_get_constraintdef(oid) like '%${about}%' loop
    execute format('alter table ${table} drop constraint %I', found.conname);
  end loop;
end $$;`;

const apportionmentChecks = (statuses: string, confirmed: string): string => `
${dropChecks('apportionment', 'CONFIRMED')}
alter table apportionment
  add constraint apportionment_statuses check (status in (${statuses})),
  add constraint apportionment_confirmed check ((status in (${confirmed})) = (confirmed_by is not null)),
  add constraint apportionment_confirmed_at check ((status in (${confirmed})) = (confirmed_at is not null));`;

const up = `
-- A reading is never altered; one that was wrong is void, and the right one of the same day takes its place.
alter table meter_reading add column voided_at timestamptz, add column void_reason_code text,
  add check ((voided_at is null) = (void_reason_code is null));
alter table meter_reading drop constraint meter_reading_meter_id_taken_on_key;
create unique index meter_reading_of_day on meter_reading (meter_id, taken_on) where voided_at is null;
grant update (voided_at, void_reason_code) on meter_reading to {{service}};

-- Confirmed shares that were wrong are taken back.
${apportionmentChecks(`'DRAFT', 'CONFIRMED', 'DISCARDED', 'REVERSED'`, `'CONFIRMED', 'REVERSED'`)}
`;

const down = `
update apportionment set status = 'DISCARDED', confirmed_by = null, confirmed_at = null where status = 'REVERSED';
${apportionmentChecks(`'DRAFT', 'CONFIRMED', 'DISCARDED'`, `'CONFIRMED'`)}
revoke update (voided_at, void_reason_code) on meter_reading from {{service}};
delete from meter_reading where voided_at is not null;
drop index meter_reading_of_day;
alter table meter_reading add constraint meter_reading_meter_id_taken_on_key unique (meter_id, taken_on);
alter table meter_reading drop column voided_at, drop column void_reason_code;
`;

export const migration: Migration = { name: '20261122-2202-void-readings', up, down };
