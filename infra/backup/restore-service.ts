import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import { migrate, migrationKey, type Migration } from '@steward/db';
import { renewLogIdentity } from '@steward/events';
import { migrationsOf, type ServiceDefinition } from '@steward/service-kit';
import pg from 'pg';

import { LaunchError } from '../embedded/launch-error.mjs';
import { startPostgres } from '../embedded/postgres.mjs';
import { loadKeys } from '../start/keys.ts';
import { databaseName, dataPath, findServices, servicePath } from '../start/layout.ts';
import type { Say } from '../start/progress.ts';
import { connected } from './backup-server.ts';
import { chooseBackup } from './backup-store.ts';
import { copyDatabase } from './copy-database.ts';
import { secretsFor } from './key-bundle.ts';
import { recover } from './recover.ts';
import { restoreContent, type RestoreOptions } from './restore-cluster.ts';
import { settleStreams, systemPool, urlOf } from './settle-streams.ts';
import { stampOf } from './stamp.ts';

export type RestoreServiceOptions = Omit<RestoreOptions, 'replace'> & { service: string };

const quoted = (name: string): string => pg.escapeIdentifier(name);

async function migrationsThen(service: string, client: pg.Client): Promise<Migration[]> {
  const module = (await import(pathToFileURL(servicePath(service, 'service.ts')).href)) as {
    definition: ServiceDefinition;
  };
  const { rows } = await client.query<{ name: string }>('select name from schema_migration');
  const all = new Map(migrationsOf(module.definition).map((migration) => [migrationKey(migration), migration]));
  return rows.map(({ name }) => {
    const found = all.get(name);
    if (found !== undefined) return found;
    throw new LaunchError(
      `The database of that time has had the migration ${name}, which this release does not know: ` +
        'restore with the release that was in use then.',
    );
  });
}

type Sides = { recovered: string; live: string; service: string; ownerPassword: string; say: Say };

/** A database beside the live one, made by the migrations of that time and filled with the rows of that time. */
async function fillBeside({ recovered, live, service, ownerPassword, say }: Sides, beside: string): Promise<void> {
  const name = databaseName(service);
  await connected(urlOf(recovered, name), async (source) => {
    const migrations = await migrationsThen(service, source);
    await connected(live, async (admin) => {
      await admin.query(`create database ${quoted(beside)} owner ${quoted(`${name}_owner`)}`);
      await admin.query(`revoke connect on database ${quoted(beside)} from public`);
    });
    const url = urlOf(live, beside);
    await migrate({ url: asOwner(url, `${name}_owner`, ownerPassword), service, migrations });
    await connected(url, async (target) => {
      const rows = await copyDatabase(source, target, say);
      say(`  ${service}: ${rows} rows of that time`);
    });
  });
}

/** The login that the service migrates with, to which the tables must belong. */
function asOwner(url: string, owner: string, password: string): string {
  const result = new URL(url);
  result.username = owner;
  result.password = encodeURIComponent(password);
  return result.href;
}

/** The old database stays under another name until an operator drops it. */
async function exchange({ live, service, say }: Sides, beside: string): Promise<void> {
  const name = databaseName(service);
  const aside = `${name}_before_${stampOf(new Date()).toLowerCase()}`;
  await connected(live, async (admin) => {
    const { rowCount } = await admin.query('select 1 from pg_database where datname = $1', [name]);
    await admin.query('begin');
    if (rowCount !== 0) await admin.query(`alter database ${quoted(name)} rename to ${quoted(aside)}`);
    await admin.query(`alter database ${quoted(beside)} rename to ${quoted(name)}`);
    await admin.query('commit');
    if (rowCount !== 0) say(`  the database that was there is now ${aside}: drop it when it is not needed any more`);
  });
}

/** Only here is it known that the log went back: the server and its timeline are the same as before. */
async function renewIdentity({ live, service }: Sides, database: string): Promise<void> {
  const pool = systemPool(live, service, database);
  try {
    await renewLogIdentity(pool);
  } finally {
    await pool.end();
  }
}

async function bringBack(sides: Sides): Promise<void> {
  const beside = `${databaseName(sides.service)}_restoring`;
  await connected(sides.live, (admin) => admin.query(`drop database if exists ${quoted(beside)} with (force)`));
  await fillBeside(sides, beside);
  await renewIdentity(sides, beside);
  await exchange(sides, beside);
}

/**
 * One service's database back to an earlier point, beside databases that stay as they are. The cluster is recovered
 * to that point aside, and the rows of this database are copied over.
 */
export async function restoreService(options: RestoreServiceOptions): Promise<void> {
  const { root, service, until, say } = options;
  if (!findServices().includes(service)) {
    throw new LaunchError(`There is no service ${service}: services are ${findServices().join(', ')}.`);
  }
  const cluster = dataPath('postgres', 'cluster');
  if (!existsSync(cluster)) {
    throw new LaunchError('There are no databases for it to join: restore all of them first, without --service.');
  }
  const found = chooseBackup(root, { name: options.backup, until });
  const secrets = secretsFor(found.manifest.keysFingerprint, options.keys);
  say(
    `Restoring ${service} from the backup ${found.manifest.name}${until === undefined ? '' : ` to ${until.toISOString()}`}`,
  );
  // As the live cluster knows it, whatever it was then.
  const { databasePasswords } = await loadKeys(dataPath('keys.json'), findServices(), true);
  const ownerPassword = databasePasswords[service] ?? '';
  const directory = dataPath('restoring');
  rmSync(directory, { recursive: true, force: true });
  const { timeline } = options;
  const password = secrets[path.join('postgres', 'password')] ?? '';
  const recovered = await recover({
    ...found,
    directory,
    password,
    until,
    timeline,
    unarchived: null,
    archives: false,
    say,
  });
  try {
    const live = await startPostgres({ dataDir: dataPath('postgres'), onProgress: say });
    try {
      await bringBack({ recovered: recovered.url, live: live.url, service, ownerPassword, say });
      await settleStreams(live.url, say, service);
    } finally {
      await live.stop();
    }
  } finally {
    await recovered.stop();
    rmSync(directory, { recursive: true, force: true });
  }
  say(`  ${await restoreContent(found.store, until, service)} files brought back`);
}
