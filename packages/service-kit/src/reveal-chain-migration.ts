import type { Migration } from '@steward/db';

/**
 * Chains the log of revealed values per tenant: each entry carries the hash of itself and of the one before, and the
 * chain's head lies in a table that only the trigger writes, so that neither a change nor a removal goes unseen. The
 * trigger runs as the owner; the service may add entries and can neither choose their place nor touch a head.
 */
export const revealChainMigration: Migration = {
  name: '20261122-0103-kit-reveal-chain',
  up: `
    create table reveal_chain (tenant_id uuid primary key, seq bigint not null, hash bytea not null);
    alter table reveal_chain enable row level security;
    alter table reveal_chain force row level security;
    create policy chain_owner on reveal_chain to current_user using (true) with check (true);
    create policy tenant_only on reveal_chain for select to {{service}}
      using (tenant_id = (select current_setting('app.tenant_id')::uuid));
    grant select on reveal_chain to {{service}};

    alter table reveal_log add column seq bigint, add column hash bytea;
    create policy system_tenants on reveal_log for select to {{system}} using (true);
    create policy system_tenants on reveal_chain for select to {{system}} using (true);
    -- Who verifies learns which tenants there are; their entries are read as the service, tenant by tenant.
    grant select (tenant_id) on reveal_log to {{system}};
    grant select (tenant_id) on reveal_chain to {{system}};

    create function reveal_genesis(tenant uuid) returns bytea language sql immutable
      as $$ select sha256(convert_to(tenant::text, 'UTF8')) $$;
    -- The instant as a number: its text would depend on the session's zone.
    create function reveal_hash(entry reveal_log, before bytea) returns bytea language sql stable as $$
      select sha256(before || convert_to(jsonb_build_array(entry.seq, entry.id, entry.tenant_id,
        extract(epoch from entry.at), entry.actor_kind, entry.actor_id, entry.actor_sub, entry.aggregate_type,
        entry.aggregate_id, entry.fields, entry.reason)::text, 'UTF8')) $$;

    create function next_reveal(entry reveal_log) returns reveal_log
      language plpgsql security definer set search_path = public, pg_temp as $$
    declare head reveal_chain;
    begin
      insert into reveal_chain values (entry.tenant_id, 0, reveal_genesis(entry.tenant_id)) on conflict do nothing;
      -- Entries of a tenant follow one another: the second waits until the first has committed.
      select * into strict head from reveal_chain where tenant_id = entry.tenant_id for update;
      entry.seq := head.seq + 1;
      entry.hash := reveal_hash(entry, head.hash);
      update reveal_chain set seq = entry.seq, hash = entry.hash where tenant_id = entry.tenant_id;
      return entry;
    end $$;
    revoke execute on function next_reveal(reveal_log) from public;

    alter table reveal_log no force row level security;
    do $$
    declare entry reveal_log;
    begin
      for entry in select * from reveal_log order by tenant_id, at, id loop
        entry := next_reveal(entry);
        update reveal_log set seq = entry.seq, hash = entry.hash where id = entry.id;
      end loop;
    end $$;
    alter table reveal_log force row level security;
    alter table reveal_log alter column seq set not null, alter column hash set not null;
    create unique index reveal_log_chain on reveal_log (tenant_id, seq);

    create function chain_reveal() returns trigger
      language plpgsql security definer set search_path = public, pg_temp as $$
    begin
      return next_reveal(new);
    end $$;
    create trigger reveal_log_chain before insert on reveal_log for each row execute function chain_reveal();

    create function keep_reveals() returns trigger language plpgsql as $$
    begin
      raise exception 'the log of revealed values is only added to' using errcode = 'insufficient_privilege';
    end $$;
    create trigger reveal_log_keep before update or delete on reveal_log for each row execute function keep_reveals();
    create trigger reveal_log_keep_all before truncate on reveal_log execute function keep_reveals();`,
  down: `
    drop trigger reveal_log_keep_all on reveal_log;
    drop trigger reveal_log_keep on reveal_log;
    drop trigger reveal_log_chain on reveal_log;
    drop function keep_reveals(), chain_reveal(), next_reveal(reveal_log), reveal_hash(reveal_log, bytea),
      reveal_genesis(uuid);
    drop policy system_tenants on reveal_log;
    revoke select (tenant_id) on reveal_log from {{system}};
    alter table reveal_log drop column seq, drop column hash;
    drop table reveal_chain;`,
};
