import { tenantTableSql, type Migration } from '@steward/db';

/**
 * What makes a log that was put back to an older state visible: which life of the log this is, which lives a consumer
 * has met, which facts the streams had of a life that ended, and which fact a position stands for.
 */
export const logTables: Migration = {
  name: '20261122-0010-events-log-identity',
  up: `
    create table log_identity (
      place int generated always as identity primary key,
      identity uuid not null unique,
      cluster text not null,
      from_seq bigint not null,
      since timestamptz not null default clock_timestamp()
    );
    grant select, insert on log_identity to {{system}};

    create table known_log (
      consumer text not null,
      publisher text not null,
      identity uuid not null,
      met_at timestamptz not null default clock_timestamp(),
      primary key (consumer, publisher, identity)
    );
    grant select, insert on known_log to {{system}};

    create table lost_event (
      id uuid primary key,
      tenant_id uuid not null,
      log_identity uuid not null,
      stream_seq bigint not null,
      type text not null,
      aggregate_type text not null,
      aggregate_id uuid not null,
      aggregate_version int not null,
      occurred_at timestamptz not null,
      envelope jsonb not null,
      found_at timestamptz not null default clock_timestamp()
    );
    create index lost_event_of_aggregate on lost_event (aggregate_id, aggregate_version);
    ${tenantTableSql('lost_event', { appendOnly: true, system: true })}
    revoke insert on lost_event from {{service}};
    revoke update, delete on lost_event from {{system}};

    alter table consumer_position add column publisher text, add column event_id uuid;`,
  down: `
    alter table consumer_position drop column publisher, drop column event_id;
    drop table lost_event, known_log, log_identity;`,
};
