import { createHash, randomUUID } from 'node:crypto';

import { migrate } from '@steward/db';
import { migrationsOf, type ServiceDefinition } from '@steward/service-kit';
import pg from 'pg';

/** The servers of this run, started by jest's global set-up. */
export function testServers(): { postgres: string; nats: string } {
  const { STEWARD_TEST_PG_URL: postgres, STEWARD_TEST_NATS_URL: nats } = process.env;
  if (postgres === undefined || nats === undefined)
    throw new Error('run the tests with npm test: it starts the servers');
  return { postgres, nats };
}

/** The URL of another database on the same server. */
export function urlOfDatabase(name: string): string {
  const url = new URL(testServers().postgres);
  url.pathname = `/${name}`;
  return url.href;
}

async function asAdmin<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: testServers().postgres });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function templateName(definition: ServiceDefinition): string {
  const text = migrationsOf(definition)
    .map(({ name, up }) => `${name}\n${up}`)
    .join('\n');
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 12);
  return `template_${definition.name.replaceAll('-', '_')}_${hash}`;
}

/** Migrates a template once per run and schema, whichever test file comes first. */
async function ensureTemplate(client: pg.Client, definition: ServiceDefinition): Promise<string> {
  const name = templateName(definition);
  await client.query(`select pg_advisory_lock(hashtext($1))`, [name]);
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1 and datistemplate', [name]);
    if (rowCount === 0) {
      await client.query(`drop database if exists ${name}`);
      await client.query(`create database ${name}`);
      await migrate({ url: urlOfDatabase(name), service: definition.name, migrations: migrationsOf(definition) });
      await client.query(`alter database ${name} is_template true`);
    }
    return name;
  } finally {
    await client.query(`select pg_advisory_unlock(hashtext($1))`, [name]);
  }
}

export type TestDatabase = { url: string; drop(): Promise<void> };

/** A migrated database of its own for a test file. */
export const createTestDatabase = (definition: ServiceDefinition): Promise<TestDatabase> =>
  asAdmin(async (client) => {
    const template = await ensureTemplate(client, definition);
    const name = `test_${randomUUID().replaceAll('-', '')}`;
    // Copies of one template wait for each other, so several files may ask at once.
    await client.query(`select pg_advisory_lock(hashtext($1))`, [`${template}:copy`]);
    await client.query(`create database ${name} template ${template}`);
    await client.query(`select pg_advisory_unlock(hashtext($1))`, [`${template}:copy`]);
    return {
      url: urlOfDatabase(name),
      drop: () => asAdmin(async (admin) => void (await admin.query(`drop database if exists ${name} with (force)`))),
    };
  });
