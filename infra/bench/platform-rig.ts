import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { generateIdentityKey } from '@steward/auth';
import { readSupergraph } from '@steward/gateway/supergraph';
import pg from 'pg';

import { demoAccounts } from '../demo/accounts.ts';
import { issuerKey, signDevToken, startDevIssuer, DEV_AUDIENCE, DEV_ISSUER } from '../dev-issuer/index.ts';
import { freePort } from '../embedded/ports.mjs';
import { tiedToParent } from '../embedded/server-process.mjs';
import { root, servicePath } from '../start/layout.ts';

/** Every service of the graph and the gateway, each in a process of its own, on databases that the rig makes. */
export type PlatformRig = {
  gatewayUrl: string;
  services: readonly string[];
  /** A director's. */
  token: string;
  /** Starts a process beside the running one and on its port, then stops that one; throws unless it stops in order. */
  restart(part: string): Promise<void>;
  pid(part: string): number;
  /** Asks a service's database as its administrator. */
  sql<R extends pg.QueryResultRow>(service: string, text: string): Promise<R[]>;
  stop(): Promise<void>;
};

export type RigOptions = {
  /** For keys, files and logs; emptied by whoever made it. */
  directory: string;
  /** The administrator's URL of a PostgreSQL, and a broker. */
  postgres: string;
  nats: string;
  /** First word of databases and streams. */
  prefix: string;
  /** Which services run; all of the graph unless given. At the addresses of the others nobody listens. */
  services?: readonly string[];
  env?: NodeJS.ProcessEnv;
};

type Part = { name: string; main: string; env: NodeJS.ProcessEnv; child: ChildProcess };

/** Starts are many, and what they compile is the same. */
const compiled = path.join(root, 'node_modules', '.cache', 'rig');

async function started(name: string, main: string, env: NodeJS.ProcessEnv, directory: string): Promise<Part> {
  const [program = '', ...args] = [...tiedToParent('KILL'), process.execPath, main];
  const child = spawn(program, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const file = path.join(directory, `${name}.log`);
  const log = createWriteStream(file, { flags: 'a' });
  child.stderr?.pipe(log, { end: false });
  const ready = new Promise<void>((resolve) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      log.write(chunk);
      if (chunk.includes('{"ready"')) resolve();
    });
  });
  const died = once(child, 'exit').then(() => {
    throw new Error(`${name} ended before it was ready: ${readFileSync(file, 'utf8').slice(-2_000)}`);
  });
  // It ends one day, when nobody waits for it any more.
  died.catch(() => undefined);
  await Promise.race([ready, died]);
  return { name, main, env, child };
}

async function ended({ name, child }: Part): Promise<void> {
  const exited = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : Promise.resolve();
  child.kill('SIGTERM');
  await exited;
  if (child.exitCode !== 0) throw new Error(`${name} did not stop in order: ${child.signalCode ?? child.exitCode}`);
}

/** What all processes are told; their ports are shared with whatever takes their place. */
const common = (env: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  NODE_ENV: 'production',
  NODE_COMPILE_CACHE: compiled,
  LOG_LEVEL: 'warn',
  HOST: '127.0.0.1',
  REUSE_PORT: '1',
  ...env,
});

const databaseOf = (prefix: string, service: string): string => `${prefix}_${service}`.replaceAll('-', '_');

function urlOf({ postgres, prefix }: RigOptions, service: string): string {
  return Object.assign(new URL(postgres), { pathname: `/${databaseOf(prefix, service)}` }).href;
}

async function asAdmin<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** What the processes share: databases, keys, somebody who signs tokens. */
async function prepare(options: RigOptions, services: readonly string[]) {
  const { directory, prefix, postgres } = options;
  mkdirSync(directory, { recursive: true });
  await asAdmin(postgres, async (client) => {
    for (const service of services) await client.query(`create database ${databaseOf(prefix, service)}`);
  });
  const keyFile = path.join(directory, 'issuer-key.json');
  const issuer = await startDevIssuer({ keyFile, host: '127.0.0.1', port: 0 });
  const director = demoAccounts.find(({ role }) => role === 'director');
  if (director === undefined) throw new Error('the demo has no director');
  const { privateKey } = await issuerKey(keyFile);
  return { issuer, token: await signDevToken(privateKey, director), key: await generateIdentityKey() };
}

type Prepared = Awaited<ReturnType<typeof prepare>>;

function serviceEnv(options: RigOptions, service: string, port: number, { key }: Prepared): NodeJS.ProcessEnv {
  return {
    ...common(options.env),
    PORT: String(port),
    DATABASE_URL: urlOf(options, service),
    NATS_URL: options.nats,
    NATS_PREFIX: options.prefix.replaceAll('_', '-'),
    IDENTITY_PUBLIC_KEYS: JSON.stringify(key.publicKeys),
    FIELD_KEYS: `1:${Buffer.alloc(32, 1).toString('base64')}`,
    FILE_SIGNING_KEY: randomBytes(32).toString('base64'),
    FILES_DIR: path.join(options.directory, 'files', service),
    OUTGOING_DIR: path.join(options.directory, 'outgoing', service),
  };
}

function gatewayEnv(options: RigOptions, subgraphs: Record<string, string>, port: number, { issuer, key }: Prepared) {
  return {
    ...common(options.env),
    PORT: String(port),
    SUBGRAPH_URLS: JSON.stringify(subgraphs),
    IDENTITY_PRIVATE_KEY: JSON.stringify(key.privateKey),
    OIDC_ISSUER: DEV_ISSUER,
    OIDC_AUDIENCE: DEV_AUDIENCE,
    OIDC_JWKS_URL: issuer.jwksUrl,
    // All load is one client's.
    COST_PER_MINUTE: '1000000000',
    REQUESTS_PER_CLIENT: '1000',
  };
}

/** Starts everything on databases of its own. */
export async function openPlatformRig(options: RigOptions): Promise<PlatformRig> {
  const all = (await readSupergraph(path.join(root, 'gateway', 'supergraph.graphql'))).services;
  const services = options.services ?? all;
  const prepared = await prepare(options, services);
  const { directory } = options;
  const parts = new Map<string, Part>();
  const add = async (name: string, main: string, env: NodeJS.ProcessEnv): Promise<void> => {
    parts.set(name, await started(name, main, env, directory));
  };
  const part = (name: string): Part => {
    const found = parts.get(name);
    if (found === undefined) throw new Error(`there is no ${name}`);
    return found;
  };
  const stop = async (): Promise<void> => {
    const [gateway, ...others] = [...parts.values()].toReversed();
    if (gateway !== undefined) await ended(gateway);
    await Promise.all(others.map(ended));
    await prepared.issuer.stop();
    await asAdmin(options.postgres, async (client) => {
      for (const service of services) {
        await client.query(`drop database if exists ${databaseOf(options.prefix, service)} with (force)`);
      }
    });
  };
  const port = await freePort();
  const subgraphs: Record<string, string> = {};
  try {
    for (const service of all) {
      const own = await freePort();
      subgraphs[service] = `http://127.0.0.1:${own}`;
      if (!services.includes(service)) continue;
      await add(service, servicePath(service, 'main.ts'), serviceEnv(options, service, own, prepared));
    }
    await add('gateway', path.join(root, 'gateway', 'src', 'main.ts'), gatewayEnv(options, subgraphs, port, prepared));
  } catch (error) {
    await stop().catch(() => undefined);
    throw error;
  }
  return {
    gatewayUrl: `http://127.0.0.1:${port}`,
    services,
    token: prepared.token,
    restart: async (name) => {
      const { main, env } = part(name);
      const [before, next] = [part(name), await started(name, main, env, directory)];
      parts.set(name, next);
      await ended(before);
    },
    pid: (name) => part(name).child.pid ?? 0,
    sql: (service, text) => asAdmin(urlOf(options, service), async (client) => (await client.query<never>(text)).rows),
    stop,
  };
}
