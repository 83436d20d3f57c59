import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { eventually, testServers, urlOfDatabase } from '@steward/test-kit';
import pg from 'pg';

import type { DemoAccount } from '../demo/accounts.ts';
import { issuerKey, signDevToken } from '../dev-issuer/index.ts';
import { freePort } from '../embedded/ports.mjs';
import { databaseVariable, findServices } from '../start/layout.ts';

/** What `npm start` writes down about itself. */
export type RunFile = {
  gatewayUrl: string;
  databases: Record<string, string>;
  processes: Record<string, { pid: number; port?: number; url?: string }>;
};

export type PlatformOptions = {
  /** `own`: as a user starts it, with its own servers; `shared`: on the servers of this test run. */
  servers: 'own' | 'shared';
  /** Each part in a process of its own, started again when it is killed. */
  isMulti: boolean;
  /** Where the clocks stand at first; they move only when they are told to. */
  startsAt: string;
};

export type Moved = { now: string; timersRun: number };

/** A whole platform that `npm start -- --empty` has started in a directory of its own. */
export type Platform = {
  gatewayUrl: string;
  services: readonly string[];
  /** First word of its subjects on the broker: where a service that is played by the test speaks. */
  prefix: string;
  runFile(): RunFile;
  token(account: DemoAccount): Promise<string>;
  /** Moves the time of all services through the gateway. */
  moveClock(to: { set: string } | { advance: string }): Promise<Moved>;
  /** Ends a part with SIGKILL and comes back once its supervisor has started it again. */
  kill(part: string): Promise<void>;
  /** SQL statements that each service has made for requests, reactions and timers since it started. */
  statements(): Promise<Record<string, number>>;
  /** Asks a service's database, with all rights of its service over one company's rows. */
  sql<R extends pg.QueryResultRow>(service: string, tenantId: string, text: string): Promise<R[]>;
  stop(): Promise<void>;
};

const launcher = fileURLToPath(new URL('../start/start.mjs', import.meta.url));
const restartMs = 60_000;

type Servers = { env: NodeJS.ProcessEnv; remove(): Promise<void> };

/** A database for each service and a word of its own on the broker of this test run. */
async function onSharedServers(services: readonly string[]): Promise<Servers> {
  const id = randomUUID().slice(0, 8);
  const names = services.map((service) => `e2e_${id}_${service.replaceAll('-', '_')}`);
  const each = async (statement: (name: string) => string): Promise<void> => {
    const client = new pg.Client({ connectionString: testServers().postgres });
    await client.connect();
    try {
      for (const name of names) await client.query(statement(name));
    } finally {
      await client.end();
    }
  };
  await each((name) => `create database ${name}`);
  const urls = services.map((service, index) => [databaseVariable(service), urlOfDatabase(names[index] ?? '')]);
  return {
    env: { ...Object.fromEntries(urls), NATS_URL: testServers().nats, NATS_PREFIX: `e2e-${id}` },
    remove: () => each((name) => `drop database if exists ${name} with (force)`),
  };
}

const onOwnServers: Servers = { env: {}, remove: () => Promise.resolve() };

/** Resolves once the platform has said that it is ready; rejects with all it said when it ends before. */
function untilReady(launched: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    const listen = (chunk: Buffer): void => {
      said += chunk.toString();
      if (said.includes('Steward is ready')) resolve();
    };
    launched.stdout?.on('data', listen);
    launched.stderr?.on('data', listen);
    launched.once('exit', (code) => reject(new Error(`the platform ended with ${code}:\n${said}`)));
  });
}

async function launch(dataDir: string, options: PlatformOptions, servers: Servers): Promise<ChildProcess> {
  const args = [launcher, '--empty', ...(options.isMulti ? ['--multi'] : [])];
  const env = {
    ...process.env,
    ...servers.env,
    STEWARD_DATA_DIR: dataDir,
    GATEWAY_PORT: String(await freePort()),
    STEWARD_FAKE_CLOCK: '1',
    STEWARD_FAKE_CLOCK_START: options.startsAt,
    LOG_LEVEL: process.env['TEST_LOG'] ?? 'silent',
  };
  // The channel ends the platform when this process dies without a word.
  const launched = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  await untilReady(launched);
  return launched;
}

async function moveClock(gatewayUrl: string, to: object): Promise<Moved> {
  const response = await fetch(`${gatewayUrl}/_test/clock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(to),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`the clock did not move: ${text}`);
  return JSON.parse(text) as Moved;
}

async function statementsOf(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const line = /^steward_sql_statements_total(?:\{[^}]*\})? (\S+)$/m.exec(text);
  return Number(line?.[1] ?? 0);
}

async function query<R extends pg.QueryResultRow>(
  url: string,
  { service, tenantId, text }: { service: string; tenantId: string; text: string },
): Promise<R[]> {
  const role = `steward_${service.replaceAll('-', '_')}_service`;
  const client = new pg.Client({ connectionString: url, options: `-c role=${role} -c app.tenant_id=${tenantId}` });
  await client.connect();
  try {
    return (await client.query<R>(text)).rows;
  } finally {
    await client.end();
  }
}

/** Starts a platform and waits until its gateway answers. */
export async function startPlatform(options: PlatformOptions): Promise<Platform> {
  const services = findServices();
  const directory = mkdtempSync(path.join(tmpdir(), 'steward-e2e-'));
  // Under root PostgreSQL runs as another user, who has to pass through here.
  chmodSync(directory, 0o711);
  const dataDir = path.join(directory, 'data');
  const servers = options.servers === 'own' ? onOwnServers : await onSharedServers(services);
  const remove = async (): Promise<void> => {
    await servers.remove();
    rmSync(directory, { recursive: true, force: true });
  };
  const launched = await launch(dataDir, options, servers).catch(async (error: unknown) => {
    await remove();
    throw error;
  });
  const runFile = (): RunFile => JSON.parse(readFileSync(path.join(dataDir, 'run.json'), 'utf8')) as RunFile;
  const { gatewayUrl, databases } = runFile();
  return {
    gatewayUrl,
    services,
    prefix: servers.env['NATS_PREFIX'] ?? 'steward',
    runFile,
    token: async (account) => {
      const { privateKey } = await issuerKey(path.join(dataDir, 'dev-issuer-key.json'));
      return signDevToken(privateKey, account);
    },
    moveClock: (to) => moveClock(gatewayUrl, to),
    kill: async (part) => {
      const pid = runFile().processes[part]?.pid ?? 0;
      // Of a platform in one process the pid would be that of everything.
      if (!options.isMulti || pid <= 1) throw new Error(`${part} is no process of its own`);
      process.kill(pid, 'SIGKILL');
      const isBack = async (): Promise<boolean> => runFile().processes[part]?.pid !== pid;
      await eventually(isBack, { timeoutMs: restartMs, what: `the restart of ${part}` });
    },
    statements: async () => {
      const { processes } = runFile();
      const counts = services.map(async (name) => [name, await statementsOf(processes[name]?.url ?? '')] as const);
      return Object.fromEntries(await Promise.all(counts));
    },
    sql: (service, tenantId, text) => query(databases[service] ?? '', { service, tenantId, text }),
    stop: async () => {
      const exited = new Promise((resolve) => launched.once('exit', resolve));
      if (launched.exitCode === null && launched.kill('SIGTERM')) await exited;
      await remove();
    },
  };
}
