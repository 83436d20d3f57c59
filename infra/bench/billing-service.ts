import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';

import {
  CALL_HEADER,
  createCallSigner,
  generateIdentityKey,
  IDENTITY_HEADER,
  signIdentity,
  type Role,
} from '@steward/auth';
import pg from 'pg';
import { Agent, fetch } from 'undici';

import { freePort } from '../embedded/ports.mjs';
import { billingTenant } from './billing-data.ts';
import { startOwnServers, type OwnServers } from './own-servers.ts';

/** A member of staff at the desk. */
export type Colleague = { role: Role; staffId?: string };

/** Billing as it runs in production, a process of its own, on servers and a database of its own. */
export type BillingProcess = {
  pid(): number;
  /** The administrator's connection, which no row-level security binds. */
  admin: pg.Client;
  /** A connection with the rights of the service. */
  asService: pg.Client;
  ask<D>(colleague: Colleague, query: string, variables: Record<string, unknown>): Promise<D>;
  /** Ends the service alone, and starts it again. */
  stopService(): Promise<void>;
  startService(): Promise<void>;
  stop(): Promise<void>;
};

async function connect(url: string, options?: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, ...(options === undefined ? {} : { options }) });
  await client.connect();
  return client;
}

async function isReady(url: string): Promise<boolean> {
  return fetch(`${url}/health/ready`).then(
    ({ ok }) => ok,
    () => false,
  );
}

async function waitUntilReady(url: string): Promise<void> {
  for (let left = 600; left > 0; left -= 1) {
    if (await isReady(url)) return;
    await pause(100);
  }
  throw new Error('billing did not become ready');
}

type Key = Awaited<ReturnType<typeof generateIdentityKey>>;

/** Identities are good for a minute; one is signed anew before it ends. */
const identityMs = 30_000;

function identities(key: Key): (colleague: Colleague) => Promise<string> {
  const signed = new Map<string, { token: Promise<string>; at: number }>();
  return ({ role, staffId = billingTenant }) => {
    const known = signed.get(role + staffId);
    if (known !== undefined && performance.now() - known.at < identityMs) return known.token;
    const sub = `bench-${role}-${staffId}`;
    const who = { sub, tenantId: billingTenant, actor: 'staff' as const, audience: 'billing', staffId, roles: [role] };
    const viewer = { ...who, departments: [], communityIds: 'all' as const };
    const token = signIdentity(viewer, key.privateKey, { kid: key.kid, audience: 'billing' });
    signed.set(role + staffId, { token, at: performance.now() });
    return token;
  };
}

const asker = (url: string, key: Key): BillingProcess['ask'] => {
  const signCall = createCallSigner(key.privateKey);
  const identityOf = identities(key);
  const dispatcher = new Agent({ connections: 64 });
  return async <D>(colleague: Colleague, query: string, variables: Record<string, unknown>): Promise<D> => {
    const identity = await identityOf(colleague);
    const body = JSON.stringify({ query, variables });
    const proof = { [IDENTITY_HEADER]: identity, [CALL_HEADER]: signCall(identity, body) };
    const headers = { 'content-type': 'application/json', ...proof };
    const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body, dispatcher });
    const answer = (await response.json()) as { data: D; errors?: { message: string }[] };
    if (answer.errors !== undefined) throw new Error(answer.errors[0]?.message ?? 'refused');
    return answer.data;
  };
};

type Place = { servers: OwnServers; databaseUrl: string; key: Key; port: number };

function spawnBilling({ servers, databaseUrl, key, port }: Place): ChildProcess {
  const main = new URL('../../services/billing/src/main.ts', import.meta.url).pathname;
  // A young generation of the size that a process of 300 MB would be given.
  return spawn(process.execPath, ['--max-semi-space-size=8', main], {
    // Standard output belongs to the report.
    stdio: ['ignore', 2, 'inherit'],
    env: {
      ...process.env,
      NODE_ENV: 'production',
      LOG_LEVEL: 'error',
      HOST: '127.0.0.1',
      PORT: String(port),
      DATABASE_URL: databaseUrl,
      NATS_URL: servers.nats,
      IDENTITY_PUBLIC_KEYS: JSON.stringify(key.publicKeys),
      FIELD_KEYS: `1:${Buffer.alloc(32, 1).toString('base64')}`,
      FILE_SIGNING_KEY: 'bench-'.repeat(8),
      FILES_DIR: `${servers.directory}/files`,
      OUTGOING_DIR: `${servers.directory}/outgoing`,
    },
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

/** Starts everything; the tables are there, and empty. */
export async function startBillingProcess(onProgress: (line: string) => void): Promise<BillingProcess> {
  const servers = await startOwnServers(onProgress);
  const setup = await connect(servers.postgres);
  await setup.query('create database bench_billing');
  await setup.end();
  const databaseUrl = Object.assign(new URL(servers.postgres), { pathname: '/bench_billing' }).href;
  const place = { servers, databaseUrl, key: await generateIdentityKey(), port: await freePort() };
  const url = `http://127.0.0.1:${place.port}`;
  let child = spawnBilling(place);
  await waitUntilReady(url);
  const admin = await connect(databaseUrl);
  const asService = await connect(databaseUrl, '-c role=steward_billing_service');
  const stopService = (): Promise<void> => end(child);
  return {
    pid: () => child.pid as number,
    admin,
    asService,
    ask: asker(url, place.key),
    stopService,
    startService: async () => {
      await stopService();
      child = spawnBilling(place);
      await waitUntilReady(url);
    },
    stop: async () => {
      await stopService();
      await admin.end();
      await asService.end();
      await servers.stop();
    },
  };
}
