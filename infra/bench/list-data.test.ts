import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '@steward/test-kit';
import { definition } from '@steward/work-orders';
import pg from 'pg';

import { benchTenant, fillWorkOrders } from './list-data.ts';
import { listFilters } from './list-workloads.ts';

let database: TestDatabase;
let client: pg.Client;
beforeAll(async () => {
  database = await createTestDatabase(definition);
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await fillWorkOrders(client, 2_500);
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

describe('the rows of the benchmark', () => {
  it('satisfy the checks of the table, in every status, beside those of another company', async () => {
    const { rows } = await client.query<{ status: string }>(
      'select distinct status from work_order where tenant_id = $1',
      [benchTenant],
    );
    expect(rows.map(({ status }) => status).toSorted()).toEqual([
      'ACCEPTED',
      'ASSIGNED',
      'CANCELLED',
      'CLOSED',
      'COMPLETED',
      'ON_SITE',
      'PAUSED',
      'RECEIVED',
    ]);
    const { rows: tenants } = await client.query<{ count: string }>(
      'select count(*) from work_order group by tenant_id order by count(*) desc',
    );
    expect(tenants.map(({ count }) => Number(count))).toEqual([2_500, 250]);
  });

  it('are met by each filter, in a share that leaves a million of them a thousandth page', async () => {
    for (const { name, sql, params } of listFilters) {
      const text = `select count(*) from work_order w where ${sql} and w.tenant_id = '${benchTenant}'`;
      const { rows } = await client.query<{ count: string }>(text, params);
      expect([name, (Number(rows[0]?.count) / 2_500) * 1_000_000 > 20_000]).toEqual([name, true]);
    }
  });
});
