import { tenantTableSql, type Migration } from '@steward/db';

/**
 * The permanent event log and, apart from it, what is known about the sending. The log is only ever added to;
 * `seq` orders it, and within an aggregate that is the order of the versions because its row was locked.
 */
const logSql = `
  create sequence outbox_seq;
  grant usage on sequence outbox_seq to {{service}};

  create table outbox (
    seq bigint not null default nextval('outbox_seq'),
    recorded_at timestamptz not null default now(),
    id uuid not null,
    tenant_id uuid not null,
    community_id uuid,
    aggregate_type text not null,
    aggregate_id uuid not null,
    aggregate_version int not null check (aggregate_version > 0),
    type text not null,
    occurred_at timestamptz not null,
    traceparent text,
    data jsonb not null,
    primary key (seq, recorded_at)
  ) partition by range (recorded_at);
  ${tenantTableSql('outbox', { appendOnly: true, system: true })}
  revoke insert, update, delete on outbox from {{system}};

  create table outbox_default partition of outbox default;
  create unique index outbox_default_version on outbox_default (aggregate_id, aggregate_version);
  alter table outbox_default enable row level security;
  alter table outbox_default force row level security;`;

/**
 * Makes the partitions of this month and the next ones; rows that came before theirs existed leave the default
 * partition. The version index is unique within each partition (a partitioned table cannot have it over all of them):
 * it turns a version used twice into an error of the publisher instead of a fact that consumers skip.
 */
const partitionsSql = `
  create function outbox_make_partitions(months_ahead int) returns int
  language plpgsql security definer set search_path = public, pg_temp as $body$
  declare
    first_day timestamptz;
    next_day timestamptz;
    partition_name text;
    made int := 0;
  begin
    perform pg_advisory_xact_lock(hashtext('outbox_make_partitions'));
    for ahead in 0..months_ahead loop
      first_day := (date_trunc('month', now() at time zone 'UTC') + make_interval(months => ahead)) at time zone 'UTC';
      next_day := (first_day at time zone 'UTC' + interval '1 month') at time zone 'UTC';
      partition_name := 'outbox_' || to_char(first_day at time zone 'UTC', 'YYYY_MM');
      continue when to_regclass(partition_name) is not null;
      execute format('create table %I (like outbox including all)', partition_name);
      execute format('create unique index %I on %I (aggregate_id, aggregate_version)',
                     partition_name || '_version', partition_name);
      alter table outbox_default no force row level security;
      execute format('with early as (delete from outbox_default where recorded_at >= %L and recorded_at < %L returning *)
                      insert into %I select * from early', first_day, next_day, partition_name);
      alter table outbox_default force row level security;
      execute format('alter table %I enable row level security', partition_name);
      execute format('alter table %I force row level security', partition_name);
      execute format('alter table outbox attach partition %I for values from (%L) to (%L)',
                     partition_name, first_day, next_day);
      made := made + 1;
    end loop;
    return made;
  end $body$;
  revoke all on function outbox_make_partitions(int) from public;
  grant execute on function outbox_make_partitions(int) to {{system}};
  select outbox_make_partitions(3);`;

/**
 * One narrow row per event: unsent until `published_at`, then where the broker put it. `outbox_unsent` binds the
 * planner to the index of unsent rows and one look-up in the log for each: statistics from a quiet hour must not make
 * it scan the log when a backlog has come.
 */
const deliverySql = `
  create table outbox_delivery (
    seq bigint primary key,
    recorded_at timestamptz not null,
    tenant_id uuid not null,
    published_at timestamptz,
    stream_id uuid,
    stream_seq bigint,
    generation int not null default 0
  );
  create index outbox_delivery_unsent on outbox_delivery (seq) include (recorded_at, generation)
    where published_at is null;
  create index outbox_delivery_stream on outbox_delivery (stream_id, stream_seq) where stream_id is not null;
  ${tenantTableSql('outbox_delivery', { appendOnly: true, system: true })}
  revoke insert, delete on outbox_delivery from {{system}};

  create function outbox_unsent(batch int) returns table (
    seq bigint, generation int, id uuid, tenant_id uuid, community_id uuid, aggregate_type text, aggregate_id uuid,
    aggregate_version int, type text, occurred_at timestamptz, traceparent text, data jsonb
  ) language sql stable set enable_seqscan = off set enable_bitmapscan = off set enable_sort = off as $body$
    select unsent.seq, unsent.generation, logged.id, logged.tenant_id, logged.community_id, logged.aggregate_type,
           logged.aggregate_id, logged.aggregate_version, logged.type, logged.occurred_at, logged.traceparent, logged.data
    from (select seq, recorded_at, generation from outbox_delivery
          where published_at is null order by seq limit batch) unsent
    cross join lateral (select * from outbox
                        where outbox.seq = unsent.seq and outbox.recorded_at = unsent.recorded_at offset 0) logged
    order by unsent.seq
  $body$;
  revoke all on function outbox_unsent(int) from public;
  grant execute on function outbox_unsent(int) to {{system}};`;

export const outboxTables: Migration = {
  name: '20261122-0001-events-outbox',
  up: logSql + partitionsSql + deliverySql,
  down: `
    drop function outbox_unsent(int);
    drop table outbox_delivery;
    drop function outbox_make_partitions(int);
    drop table outbox;
    drop sequence outbox_seq;`,
};
