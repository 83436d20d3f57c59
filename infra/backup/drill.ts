import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import pg from 'pg';

import { demoAccounts } from '../demo/accounts.ts';
import { issuerKey, signDevToken } from '../dev-issuer/index.ts';
import { freePort } from '../embedded/ports.mjs';
import { startPostgres } from '../embedded/postgres.mjs';
import { databaseName, findServices } from '../start/layout.ts';

export type Said = { code: number | null; text: string };

/** An installation of its own with its backups, as operators and clients meet it. */
export type Drill = {
  dataDir: string;
  backups: string;
  services: readonly string[];
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Like a power cut: everything at once, nothing in order. */
  crash(): Promise<void>;
  backup(...args: string[]): Promise<Said>;
  restore(...args: string[]): Promise<Said>;
  events(...args: string[]): Promise<Said>;
  graphql<D>(document: string, variables: object): Promise<D>;
  /** As administrator; starts a server where the platform does not run. */
  withDatabases<T>(work: (url: (service: string) => string) => Promise<T>): Promise<T>;
  remove(): Promise<void>;
};

const script = (name: string): string => fileURLToPath(new URL(`../${name}`, import.meta.url));

function untilReady(platform: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    const listen = (chunk: Buffer): void => {
      said += chunk.toString();
      if (said.includes('Steward is ready')) resolve();
    };
    platform.stdout?.on('data', listen);
    platform.stderr?.on('data', listen);
    platform.once('exit', (code) => reject(new Error(`the platform ended with ${code}:\n${said}`)));
  });
}

function runScript(name: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<Said> {
  const child = spawn(process.execPath, [script(name), ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, text })));
}

/** As the director of the demo's first company. */
async function mutate<D>(dataDir: string, gatewayUrl: string, query: string, variables: object): Promise<D> {
  const { privateKey } = await issuerKey(path.join(dataDir, 'dev-issuer-key.json'));
  const director = demoAccounts.find(({ role, tenant }) => role === 'director' && tenant === 'a');
  if (director === undefined) throw new Error('the demo has no director');
  const token = await signDevToken(privateKey, director);
  const response = await fetch(`${gatewayUrl}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data: D; errors?: unknown };
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data;
}

export async function openDrill(): Promise<Drill> {
  const directory = mkdtempSync(path.join(tmpdir(), 'steward-drill-'));
  chmodSync(directory, 0o711);
  const dataDir = path.join(directory, 'data');
  const backups = path.join(directory, 'backups');
  const env = {
    ...process.env,
    STEWARD_DATA_DIR: dataDir,
    STEWARD_BACKUP_DIR: backups,
    GATEWAY_PORT: String(await freePort()),
    LOG_LEVEL: process.env['TEST_LOG'] ?? 'silent',
  };
  let platform: ChildProcess | null = null;
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (platform === null) return;
    const exited = new Promise((resolve) => platform?.once('exit', resolve));
    if (platform.exitCode === null && platform.kill(signal)) await exited;
    platform = null;
  };
  const runFile = () =>
    JSON.parse(readFileSync(path.join(dataDir, 'run.json'), 'utf8')) as {
      gatewayUrl: string;
      processes: { postgres: { port: number } };
    };
  return {
    dataDir,
    backups,
    services: findServices(),
    start: async () => {
      platform = spawn(process.execPath, [script('start/start.mjs'), '--empty'], {
        env,
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      });
      await untilReady(platform);
    },
    stop: () => end('SIGTERM'),
    crash: () => end('SIGKILL'),
    backup: (...args) => runScript('backup/backup.ts', args, env),
    restore: (...args) => runScript('backup/restore.ts', args, env),
    events: (...args) => runScript('events/cli.ts', [...args, '--run-file', path.join(dataDir, 'run.json')], env),
    graphql: (document, variables) => mutate(dataDir, runFile().gatewayUrl, document, variables),
    withDatabases: async (work) => {
      const password = readFileSync(path.join(dataDir, 'postgres', 'password'), 'utf8').trim();
      const at = (port: number) => (service: string) =>
        `postgres://steward:${password}@127.0.0.1:${port}/${databaseName(service)}`;
      if (platform !== null) return work(at(runFile().processes.postgres.port));
      const server = await startPostgres({ dataDir: path.join(dataDir, 'postgres') });
      try {
        return await work(at(server.port));
      } finally {
        await server.stop();
      }
    },
    remove: async () => {
      await end('SIGTERM');
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

export async function ask<R extends pg.QueryResultRow>(
  url: string,
  text: string,
  values: unknown[] = [],
): Promise<R[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<R>(text, values)).rows;
  } finally {
    await client.end();
  }
}

/** What a restore itself writes, and what consumers note about logs that they have met. */
const notCompared = ['log_identity', 'known_log', 'lost_event'];

/** Rows and a hash over all of them, of each table of each service. */
export async function contentsOf(drill: Drill): Promise<Record<string, string>> {
  const contents: Record<string, string> = {};
  await drill.withDatabases(async (urlOf) => {
    for (const service of drill.services) {
      const names = await ask<{ name: string }>(
        urlOf(service),
        `select relname as name from pg_class
         where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition
           and relname <> all ($1)`,
        [notCompared],
      );
      const sums = names.map(
        ({ name }) => `select '${name}' as name, count(*) || ' ' ||
           coalesce(md5(string_agg(md5(t::text), '' order by md5(t::text))), '') as sum from ${name} t`,
      );
      for (const { name, sum } of await ask<{ name: string; sum: string }>(urlOf(service), sums.join(' union all '))) {
        contents[`${service}.${name}`] = sum;
      }
    }
  });
  return contents;
}
