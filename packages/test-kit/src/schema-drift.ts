import { migrate, migrateDown, roleNames, SnakeNaming } from '@steward/db';
import { migrationsOf, type ServiceDefinition } from '@steward/service-kit';
import pg from 'pg';
import { DataSource, type EntitySchema } from 'typeorm';

import { createTestDatabase } from './test-database.ts';

/** What TypeORM would change of tables and columns to make the migrated schema fit the entities; empty is right. */
export async function schemaDrift(definition: ServiceDefinition): Promise<string[]> {
  const database = await createTestDatabase(definition);
  const source = new DataSource({
    type: 'postgres',
    url: database.url,
    entities: [...definition.entities] as EntitySchema[],
    namingStrategy: new SnakeNaming(),
  });
  try {
    await source.initialize();
    const { upQueries } = await source.driver.createSchemaBuilder().log();
    // Constraints and indexes are the migrations' alone; entities do not repeat them.
    const own = /^(CREATE TABLE|ALTER TABLE \S+ (ADD|DROP COLUMN|ALTER COLUMN|RENAME))/;
    return upQueries.map(({ query }) => query).filter((query) => own.test(query) && !/CONSTRAINT/.test(query));
  } finally {
    if (source.isInitialized) await source.destroy();
    await database.drop();
  }
}

/** Undoes every migration of a copy of the schema and runs them again; throws where a step cannot be undone or redone. */
export async function migrateDownAndUp(definition: ServiceDefinition): Promise<void> {
  const database = await createTestDatabase(definition);
  const options = { url: database.url, service: definition.name, migrations: migrationsOf(definition) };
  try {
    await migrateDown(options);
    await migrate(options);
  } finally {
    await database.drop();
  }
}

/**
 * Tables that the service's login reaches and that no forced row-level security confines to a company, in the order of
 * their names. A partition counts where it can be reached past its parent.
 */
export async function unconfinedTables(definition: ServiceDefinition): Promise<string[]> {
  const database = await createTestDatabase(definition);
  const client = new pg.Client({ connectionString: database.url });
  try {
    await client.connect();
    const { rows } = await client.query<{ name: string }>(
      `select c.relname as name from pg_class c
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm')
          and has_table_privilege($1, c.oid, 'select, insert, update, delete')
          and not (c.relrowsecurity and c.relforcerowsecurity)
          and not (c.relkind = 'v' and coalesce('security_invoker=true' = any(c.reloptions), false))
        order by 1`,
      [roleNames(definition.name).service],
    );
    return rows.map(({ name }) => name);
  } finally {
    await client.end();
    await database.drop();
  }
}
