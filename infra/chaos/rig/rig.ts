import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import {
  CALL_HEADER,
  createCallSigner,
  generateIdentityKey,
  IDENTITY_HEADER,
  signIdentity,
  type Viewer,
} from '@steward/auth';
import pg from 'pg';

import { startNats } from '../../embedded/nats.mjs';
import { freePort } from '../../embedded/ports.mjs';
import { startPostgres } from '../../embedded/postgres.mjs';
import {
  communityId,
  depotName,
  ledgerName,
  serviceNames,
  tenantId,
  type RigService,
} from '../services/parcel-events.ts';
import { startServer, type Server } from './server.ts';
import { startServiceProcess, type ServiceProcess } from './service-process.ts';

/** Two instances of a publisher, two of a consumer, and servers of their own. */
export type Rig = {
  depots: readonly [ServiceProcess, ServiceProcess];
  ledgers: readonly [ServiceProcess, ServiceProcess];
  nats: Server;
  postgres: Server;
  /** Proof of who sends a command, good for a minute. */
  /** The headers under which the gateway would send this body. */
  proof(body: string): Promise<Record<string, string>>;
  /** As the administrator, past row-level security; throws while the server is away. */
  sql<R extends pg.QueryResultRow>(service: RigService, text: string, values?: unknown[]): Promise<R[]>;
  stop(): Promise<void>;
};

export type RigOptions = {
  /** Emptied at the start. */
  directory: string;
  onProgress?: (line: string) => void;
};

const compiled = fileURLToPath(new URL('../../../node_modules/.cache/chaos', import.meta.url));

const mainOf = (file: string): string => fileURLToPath(new URL(`../services/${file}`, import.meta.url));

const databaseOf = (service: RigService): string => service.replaceAll('-', '_');

function urlOf(server: Server, service: RigService): string {
  const url = new URL(server.url);
  url.pathname = `/${databaseOf(service)}`;
  return url.href;
}

async function createDatabases(server: Server): Promise<void> {
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  try {
    for (const service of serviceNames) await client.query(`create database ${databaseOf(service)}`);
  } finally {
    await client.end();
  }
}

const worker: Viewer = {
  sub: 'staff:chaos',
  tenantId,
  actor: 'staff',
  staffId: communityId,
  roles: ['maintenance'],
  departments: [],
  communityIds: [communityId],
  audience: depotName,
};

const signedForMs = 30_000;

type Signer = { publicKeys: string } & Pick<Rig, 'proof'>;

async function openSigner(): Promise<Signer> {
  const { kid, privateKey, publicKeys } = await generateIdentityKey();
  let [signed, until] = [Promise.resolve(''), 0];
  const identity = (): Promise<string> => {
    if (Date.now() > until) {
      until = Date.now() + signedForMs;
      signed = signIdentity(worker, privateKey, { kid, audience: depotName });
    }
    return signed;
  };
  const signCall = createCallSigner(privateKey);
  const proof = async (body: string): Promise<Record<string, string>> => {
    const signedFor = await identity();
    return { [IDENTITY_HEADER]: signedFor, [CALL_HEADER]: signCall(signedFor, body) };
  };
  return { publicKeys: JSON.stringify(publicKeys), proof };
}

type Pools = { sql: Rig['sql']; end(): Promise<void> };

function openPools(postgres: Server): Pools {
  const open = (service: RigService): pg.Pool => {
    const pool = new pg.Pool({ connectionString: urlOf(postgres, service), max: 2, connectionTimeoutMillis: 5_000 });
    pool.on('error', () => undefined);
    // A connection that breaks while it is in use tells it twice: to the statement, and here.
    pool.on('connect', (client) => void client.on('error', () => undefined));
    return pool;
  };
  const pools = { [depotName]: open(depotName), [ledgerName]: open(ledgerName) };
  return {
    sql: async <R extends pg.QueryResultRow>(service: RigService, text: string, values: unknown[] = []) =>
      (await pools[service].query<R>(text, values)).rows,
    end: async () => {
      await Promise.all(Object.values(pools).map((pool) => pool.end()));
    },
  };
}

type Wiring = { directory: string; postgres: Server; nats: Server; signer: Signer };

/** What all instances of a service share, as two replicas in production do; only the port is an instance's own. */
function environmentOf(service: RigService, { directory, postgres, nats, signer }: Wiring): NodeJS.ProcessEnv {
  return {
    ...process.env,
    NODE_ENV: 'test',
    NODE_OPTIONS: '',
    // Restarts are many, and what they compile is the same.
    NODE_COMPILE_CACHE: compiled,
    STEWARD_FAILPOINTS: '1',
    LOG_LEVEL: 'warn',
    HOST: '127.0.0.1',
    DATABASE_URL: urlOf(postgres, service),
    NATS_URL: nats.url,
    NATS_PREFIX: 'chaos',
    IDENTITY_PUBLIC_KEYS: signer.publicKeys,
    FIELD_KEYS: `1:${randomBytes(32).toString('base64')}`,
    FILE_SIGNING_KEY: randomBytes(32).toString('base64'),
    FILES_DIR: path.join(directory, 'files', service),
    OUTGOING_DIR: path.join(directory, 'outgoing', service),
  };
}

async function startPair(wiring: Wiring, service: RigService, main: string) {
  const env = environmentOf(service, wiring);
  const start = async (instance: number): Promise<ServiceProcess> => {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const logFile = path.join(wiring.directory, `${service}-${instance}.log`);
    return startServiceProcess({ main, url, env: { ...env, PORT: String(port) }, logFile });
  };
  return Promise.all([start(1), start(2)]);
}

/** Starts everything on an empty directory. */
export async function openRig({ directory, onProgress = () => undefined }: RigOptions): Promise<Rig> {
  rmSync(directory, { recursive: true, force: true });
  // Under root PostgreSQL runs as another user, who has to pass through here.
  mkdirSync(directory, { recursive: true, mode: 0o711 });
  chmodSync(directory, 0o711);
  const [postgres, nats] = await Promise.all([
    startServer((port) => startPostgres({ dataDir: path.join(directory, 'postgres'), port, onProgress })),
    startServer((port) => startNats({ storeDir: path.join(directory, 'nats'), port, onProgress })),
  ]);
  await createDatabases(postgres);
  const signer = await openSigner();
  const wiring = { directory, postgres, nats, signer };
  const [depots, ledgers] = await Promise.all([
    startPair(wiring, depotName, mainOf('depot-main.ts')),
    startPair(wiring, ledgerName, mainOf('ledger-main.ts')),
  ]);
  const pools = openPools(postgres);
  const everything = [postgres, nats, ...depots, ...ledgers];
  return {
    depots,
    ledgers,
    nats,
    postgres,
    proof: signer.proof,
    sql: pools.sql,
    stop: async () => {
      // What stands stopped hears no other signal.
      for (const each of everything) each.signal('SIGCONT');
      await Promise.all([...depots, ...ledgers].map((each) => each.stop()));
      await pools.end();
      await Promise.all([nats.stop(), postgres.stop()]);
    },
  };
}
