import pg from 'pg';
import { LaunchError } from '../embedded/launch-error.mjs';
import { databaseName, databaseVariable } from './layout.ts';
import { messageOf } from './lifetime.ts';

const quoted = (identifier: string): string => `"${identifier.replaceAll('"', '""')}"`;

function withDatabase(url: string, database: string, login?: { user: string; password: string }): string {
  const result = new URL(url);
  result.pathname = `/${database}`;
  if (login !== undefined) {
    result.username = login.user;
    result.password = encodeURIComponent(login.password);
  }
  return result.href;
}

async function connected<T>(url: string, variable: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  try {
    await client.connect();
  } catch (error) {
    throw new LaunchError(`${variable} cannot be connected to (${messageOf(error)}): correct it or start that server.`);
  }
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function createDatabase(client: pg.Client, database: string, owner: string | null): Promise<void> {
  const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [database]);
  if (rowCount === 0) {
    await client.query(`create database ${quoted(database)}${owner === null ? '' : ` owner ${quoted(owner)}`}`);
  }
}

/** The login that owns one service's database, and no other: it may create that service's roles and nothing else. */
async function createOwner(client: pg.Client, owner: string, password: string): Promise<void> {
  const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [owner]);
  const verb = rowCount === 0 ? 'create' : 'alter';
  await client.query(`${verb} role ${quoted(owner)} login createrole password ${client.escapeLiteral(password)}`);
}

/**
 * Makes what is missing of one database per service on the embedded server, each with an owner of its own that may
 * not even connect to the others. Answers the URLs by service.
 */
export function createEmbeddedDatabases(
  adminUrl: string,
  passwords: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  return connected(adminUrl, 'the embedded PostgreSQL', async (client) => {
    const urls: Record<string, string> = {};
    for (const [service, password] of Object.entries(passwords)) {
      const database = databaseName(service);
      const owner = `${database}_owner`;
      await createOwner(client, owner, password);
      await createDatabase(client, database, owner);
      await client.query(`revoke connect on database ${quoted(database)} from public`);
      urls[service] = withDatabase(adminUrl, database, { user: owner, password });
    }
    return urls;
  });
}

/**
 * Databases of a server that the user named: `DATABASE_URL_<SERVICE>` is taken as it is, from `DATABASE_URL` one
 * database per service is derived and made when it is missing. Null when neither names one for every service.
 */
export async function findExternalDatabases(
  services: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<Record<string, string> | null> {
  const shared = env['DATABASE_URL'];
  const own = new Map(services.flatMap((service) => namedUrl(service, env)));
  if (shared === undefined && own.size === 0) return null;
  const missing = services.filter((service) => !own.has(service));
  if (shared === undefined && missing.length > 0) {
    throw new LaunchError(`Set ${missing.map(databaseVariable).join(', ')} as well, or DATABASE_URL for all of them.`);
  }
  for (const [service, url] of own) await connected(url, databaseVariable(service), () => Promise.resolve());
  if (shared !== undefined && missing.length > 0) {
    await connected(shared, 'DATABASE_URL', async (client) => {
      for (const service of missing) await createDatabase(client, databaseName(service), null);
    });
  }
  const urlOf = (service: string): string => own.get(service) ?? withDatabase(shared ?? '', databaseName(service));
  return Object.fromEntries(services.map((service) => [service, urlOf(service)]));
}

function namedUrl(service: string, env: NodeJS.ProcessEnv): [string, string][] {
  const url = env[databaseVariable(service)];
  return url === undefined ? [] : [[service, url]];
}
