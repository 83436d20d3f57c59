import { tenantTableSql, type Migration } from '@steward/db';

/**
 * How far each consumer has come with each aggregate; moved in the transaction of the effect. The aggregate leads the
 * key: with the consumer in front, a planner without statistics reads all positions of the consumer.
 */
const positionSql = `
  create table consumer_position (
    consumer text not null,
    aggregate_id uuid not null,
    tenant_id uuid not null,
    version int not null,
    primary key (aggregate_id, consumer)
  );
  ${tenantTableSql('consumer_position', { system: true })}
  revoke delete on consumer_position from {{service}}, {{system}};`;

/**
 * What could not be consumed, and behind it what must wait for it, as it came from the broker. A tenant that could
 * not be read is the nil UUID: such rows show to operators of the installation only.
 */
const parkedSql = `
  create table parked_event (
    id uuid primary key,
    tenant_id uuid not null,
    consumer text not null,
    publisher text not null,
    stream_seq bigint not null,
    event_id uuid,
    type text,
    aggregate_type text,
    aggregate_id uuid,
    aggregate_version int,
    envelope text not null,
    state text not null check (state in ('GAP', 'RETRYING', 'FAILED', 'WAITING', 'DROPPED')),
    reason text not null,
    detail jsonb not null default '{}',
    attempts int not null default 0,
    due_at timestamptz,
    parked_at timestamptz not null default clock_timestamp()
  );
  create unique index parked_event_order on parked_event (aggregate_id, consumer, aggregate_version)
    where aggregate_id is not null;
  create unique index parked_event_unreadable on parked_event (consumer, publisher, stream_seq)
    where aggregate_id is null;
  create index parked_event_due on parked_event (consumer, publisher, due_at) where due_at is not null;
  ${tenantTableSql('parked_event', { system: true })}
  revoke insert, update on parked_event from {{service}};`;

export const consumerTables: Migration = {
  name: '20261122-0002-events-consumer',
  up: positionSql + parkedSql,
  down: `
    drop table parked_event;
    drop table consumer_position;`,
};

/** Operators decide about parked events of their tenant through the graph, as the service; they change nothing else. */
export const parkedByOperators: Migration = {
  name: '20261122-0004-events-parked-by-operators',
  up: 'grant update (state, attempts, due_at, detail) on parked_event to {{service}};',
  down: 'revoke update (state, attempts, due_at, detail) on parked_event from {{service}};',
};
