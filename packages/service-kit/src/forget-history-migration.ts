import type { Migration } from '@steward/db';

/**
 * A history is only ever added to, but for one thing: of an erased person its values can be forgotten. The trigger lets an
 * update put `***` for a value and nothing else, so that no slip of code changes what happened.
 */
export const forgetHistoryMigration: Migration = {
  name: '20261122-0104-kit-forget-history',
  up: `
    create function change_only_forgets() returns trigger language plpgsql as $$
    begin
      if exists (
        select 1 from jsonb_array_elements(old.fields) with ordinality as was(field, at)
          full join jsonb_array_elements(new.fields) with ordinality as now(field, at) using (at)
         where (was.field ->> 'field') is distinct from (now.field ->> 'field')
            or (now.field ->> 'from') is distinct from (was.field ->> 'from') and (now.field ->> 'from') is distinct from '***'
            or (now.field ->> 'to') is distinct from (was.field ->> 'to') and (now.field ->> 'to') is distinct from '***'
      ) then
        raise exception 'a history can only forget values' using errcode = 'check_violation';
      end if;
      return new;
    end $$;
    create trigger change_only_forgets before update on change for each row execute function change_only_forgets();
    grant update (fields) on change to {{service}};`,
  down: `
    revoke update (fields) on change from {{service}};
    drop trigger change_only_forgets on change;
    drop function change_only_forgets();`,
};
