import type { Log } from '@steward/core';
import pg from 'pg';
import { DataSource, type MigrationInterface, type QueryRunner } from 'typeorm';

import { ensureRoles, roleNames } from './roles.ts';

/** SQL of one step; `{{service}}` and `{{system}}` stand for the role names. Never edited once merged. */
export type Migration = {
  /** `YYYYMMDD-NNNN-what-it-does`; date and number give the order. */
  name: string;
  up: string;
  down: string;
};

export type MigrateOptions = { url: string; service: string; migrations: Migration[]; log?: Log };

/** How `schema_migration` names a step. TypeORM orders them by the 13 digits at the end. */
export function migrationKey(migration: Migration): string {
  const match = /^(\d{4})(\d{2})(\d{2})-(\d{4})-([a-z0-9-]+)$/.exec(migration.name);
  if (match === null) throw new Error(`a migration is named YYYYMMDD-NNNN-what-it-does, not ${migration.name}`);
  const [, year, month, day, number, what] = match;
  return `${what}-${Date.UTC(Number(year), Number(month) - 1, Number(day)) + Number(number)}`;
}

function toMigrationClass(migration: Migration, service: string): new () => MigrationInterface {
  const names = roleNames(service);
  const withRoles = (sql: string): string =>
    sql.replaceAll('{{service}}', `"${names.service}"`).replaceAll('{{system}}', `"${names.system}"`);
  return class {
    name = migrationKey(migration);
    async up(runner: QueryRunner): Promise<void> {
      await runner.query(withRoles(migration.up));
    }
    async down(runner: QueryRunner): Promise<void> {
      await runner.query(withRoles(migration.down));
    }
  };
}

/**
 * Several instances may start at once: a session lock on a client of its own lets one migrate while the others wait.
 */
async function withMigrations<T>(options: MigrateOptions, work: (source: DataSource) => Promise<T>): Promise<T> {
  const lock = new pg.Client({ connectionString: options.url });
  await lock.connect();
  try {
    await lock.query(`select pg_advisory_lock(hashtext('steward-migrations'))`);
    await ensureRoles(lock, options.service);
    const source = new DataSource({
      type: 'postgres',
      url: options.url,
      migrationsTableName: 'schema_migration',
      migrationsTransactionMode: 'each',
      migrations: options.migrations.map((migration) => toMigrationClass(migration, options.service)),
    });
    await source.initialize();
    try {
      return await work(source);
    } finally {
      await source.destroy();
    }
  } finally {
    await lock.end();
  }
}

/** Brings a database to the newest schema; answers the names of the steps it ran. */
export const migrate = (options: MigrateOptions): Promise<string[]> =>
  withMigrations(options, async (source) => {
    const ran = await source.runMigrations();
    options.log?.info({ service: options.service, ran: ran.length }, 'migrated');
    return ran.map((migration) => migration.name);
  });

/** Undoes every step, newest first; for tests that prove `up, down, up`. */
export const migrateDown = (options: MigrateOptions): Promise<void> =>
  withMigrations(options, async (source) => {
    for (let left = options.migrations.length; left > 0; left -= 1) await source.undoLastMigration();
  });
