import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newId } from '@steward/core';
import { afterCommit, migrate, migrateDown, rows } from '@steward/db';
import type pg from 'pg';

import { eventMigrations, recordEvent } from '../src/index.ts';
import { emitVersion, openRig, scopeOf, type Rig } from './rig.ts';
import { ticketChanged } from './ticket-events.ts';

type LogRow = {
  id: string;
  seq: number;
  aggregate_version: number;
  type: string;
  traceparent: string | null;
  data: object;
};

describe('the outbox', () => {
  let rig: Rig;
  beforeAll(async () => (rig = await openRig()));
  afterAll(() => rig.close());

  const logOf = (ticket: string): Promise<LogRow[]> =>
    rig.source.sql<LogRow>('select * from outbox where aggregate_id = $1 order by seq', [ticket]);

  test('keeps the facts of a committed transaction in the order of recording, with its time, tenant and trace', async () => {
    const ticket = newId();
    const scope = { ...scopeOf(rig.tenant), traceparent: '00-abc-def-01' };
    await rig.source.database.write(scope, async (tx) => {
      for (const version of [1, 2, 3]) emitVersion(tx, ticket, version);
    });
    const log = await logOf(ticket);
    expect(log.map((row) => row.aggregate_version)).toEqual([1, 2, 3]);
    expect(log[1]).toMatchObject({
      tenant_id: rig.tenant,
      type: 'steward.evt-source.ticket.changed.v1',
      occurred_at: scope.now,
      traceparent: '00-abc-def-01',
      data: { ticketId: ticket, amount: 2 },
    });
  });

  test('keeps nothing of a transaction that fails', async () => {
    const ticket = newId();
    const failing = rig.source.database.write(scopeOf(rig.tenant), async (tx) => {
      emitVersion(tx, ticket, 1);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await logOf(ticket)).toEqual([]);
  });

  test('sends all facts of a transaction with one statement', async () => {
    const statements: string[] = [];
    await rig.source.database.write(scopeOf(rig.tenant), async (tx) => {
      const connection = (await tx.queryRunner?.connect()) as pg.PoolClient;
      const query = connection.query.bind(connection) as (config: pg.QueryConfig) => Promise<pg.QueryResult>;
      const listening = async (config: pg.QueryConfig): Promise<pg.QueryResult> => {
        if (config.text.includes('outbox')) statements.push(config.text);
        return query(config);
      };
      Object.assign(connection, { query: listening });
      afterCommit(tx, () => void Reflect.deleteProperty(connection, 'query'));
      const ticket = newId();
      for (const version of [1, 2, 3, 4]) emitVersion(tx, ticket, version);
    });
    expect(statements).toHaveLength(1);
  });

  test('refuses data that do not fit the schema, and fields the schema does not name', async () => {
    const record = (data: object): Promise<void> =>
      rig.source.database.write(scopeOf(rig.tenant), async (tx) =>
        recordEvent(tx, { definition: ticketChanged, aggregateId: newId(), aggregateVersion: 1, data: data as never }),
      );
    await expect(record({ ticketId: newId(), amount: 'many' })).rejects.toThrow('amount');
    await expect(record({ ticketId: newId(), amount: 1, contactName: 'somebody' })).rejects.toThrow('contactName');
  });

  test('refuses a version that was used before', async () => {
    const ticket = newId();
    await rig.emit(ticket, 1);
    await expect(rig.emit(ticket, 1)).rejects.toThrow('duplicate key');
  });

  test.each(['update outbox set type = type', 'delete from outbox', 'update outbox_delivery set generation = 9'])(
    'is closed to the service: %s',
    async (statement) => {
      const tampering = rig.source.database.write(scopeOf(rig.tenant), (tx) => rows(tx, statement));
      await expect(tampering).rejects.toThrow('permission denied');
    },
  );

  test.each(['insert into outbox select * from outbox', 'update outbox set type = type', 'delete from outbox'])(
    'is read-only to the relay: %s',
    async (statement) => {
      await expect(rig.source.database.system.query(statement)).rejects.toThrow('permission denied');
    },
  );

  test('shows a tenant its own facts only', async () => {
    const ticket = newId();
    await rig.emit(ticket, 1);
    const count = (tenant: string): Promise<{ found: number }[]> =>
      rig.source.database.read(scopeOf(tenant), (tx) =>
        rows(tx, 'select count(*)::int as found from outbox where aggregate_id = $1', [ticket]),
      );
    expect(await count(rig.tenant)).toEqual([{ found: 1 }]);
    expect(await count(newId())).toEqual([{ found: 0 }]);
  });

  test('has partitions for this month and the next three, and moves what came too early out of the default one', async () => {
    const ticket = newId();
    const early = `date_trunc('month', now()) + interval '4 months 3 days'`;
    await rig.source.sql(
      `insert into outbox (recorded_at, id, tenant_id, aggregate_type, aggregate_id, aggregate_version, type, occurred_at, data)
       values (${early}, $1, $2, 'ticket', $3, 1, 't', now(), '{}')`,
      [newId(), rig.tenant, ticket],
    );
    const partitionOf = (): Promise<{ name: string }[]> =>
      rig.source.sql('select tableoid::regclass::text as name from outbox where aggregate_id = $1', [ticket]);
    expect(await partitionOf()).toEqual([{ name: 'outbox_default' }]);
    const made = await rig.source.database.system.query('select outbox_make_partitions(4) as made');
    expect(made.rows).toEqual([{ made: 1 }]);
    expect((await partitionOf())[0]?.name).toMatch(/^outbox_\d{4}_\d{2}$/);
  });

  test('finds the unsent rows by their index and nothing else, though statistics know of no backlog', async () => {
    await rig.source.sql('update outbox_delivery set published_at = now()');
    await rig.source.sql('vacuum analyze outbox, outbox_delivery');
    await rig.source.sql(
      `with logged as (
         insert into outbox (id, tenant_id, aggregate_type, aggregate_id, aggregate_version, type, occurred_at, data)
         select gen_random_uuid(), $1, 'ticket', gen_random_uuid(), 1, 't', now(), '{}' from generate_series(1, 5000)
         returning seq, recorded_at
       ) insert into outbox_delivery (seq, recorded_at, tenant_id) select seq, recorded_at, $1 from logged`,
      [rig.tenant],
    );
    await rig.source.sql('begin');
    expect(await rig.source.sql('select * from outbox_unsent(100)')).toHaveLength(100);
    const [read] = await rig.source.sql(
      `select sum(seq_tup_read)::int as scanned, sum(idx_tup_fetch)::int as fetched
       from pg_stat_xact_user_tables where relname like 'outbox%'`,
    );
    await rig.source.sql('commit');
    // In the order of what it answers, not of the backlog: the planner may glance over an empty partition, and its
    // looks at the ends of indexes count as well.
    expect(read?.['scanned']).toBeLessThanOrEqual(10);
    expect(read?.['fetched']).toBeLessThanOrEqual(500);
  });
});

test('the tables of events can be made, taken away and made again', async () => {
  const rig = await openRig();
  const all = { url: rig.source.url, service: rig.source.name, migrations: eventMigrations };
  await rig.source.sql('drop table effect');
  await rig.source.sql(`delete from schema_migration where name like 'test-effects%'`);
  await migrateDown(all);
  expect(await rig.source.sql(`select 1 from pg_class where relname ~ '^(outbox|consumer_position|parked)'`)).toEqual(
    [],
  );
  expect(await migrate(all)).toHaveLength(eventMigrations.length);
  await rig.close();
});
