import { spawn } from 'node:child_process';
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

import { freePort } from '../embedded/ports.mjs';
import { billingTenant } from './billing-data.ts';
import { startOwnServers } from './own-servers.ts';

/** Billing as it runs in production, a process of its own, on servers and a database of its own. */
export type BillingProcess = {
  pid: number;
  /** The administrator's connection, which no row-level security binds. */
  admin: pg.Client;
  /** A connection with the rights of the service. */
  asService: pg.Client;
  /** Sends an operation as a member of staff with a role. */
  ask<D>(role: Role, query: string, variables: Record<string, unknown>): Promise<D>;
  /** Ends the service alone. */
  stopService(): Promise<void>;
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

const asker = (url: string, key: Key): BillingProcess['ask'] => {
  const signCall = createCallSigner(key.privateKey);
  return async <D>(role: Role, query: string, variables: Record<string, unknown>): Promise<D> => {
    const viewer = {
      sub: `bench-${role}`,
      tenantId: billingTenant,
      actor: 'staff' as const,
      audience: 'billing',
      staffId: billingTenant,
      roles: [role],
      departments: [],
      communityIds: 'all' as const,
    };
    const identity = await signIdentity(viewer, key.privateKey, { kid: key.kid, audience: 'billing' });
    const body = JSON.stringify({ query, variables });
    const proof = { [IDENTITY_HEADER]: identity, [CALL_HEADER]: signCall(identity, body) };
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...proof },
      body,
    });
    const answer = (await response.json()) as { data: D; errors?: { message: string }[] };
    if (answer.errors !== undefined) throw new Error(answer.errors[0]?.message ?? 'refused');
    return answer.data;
  };
};

/** Starts everything; `prepare` fills the database once its tables are there. */
export async function startBillingProcess(onProgress: (line: string) => void): Promise<BillingProcess> {
  const servers = await startOwnServers(onProgress);
  const setup = await connect(servers.postgres);
  await setup.query('create database bench_billing');
  await setup.end();
  const databaseUrl = Object.assign(new URL(servers.postgres), { pathname: '/bench_billing' }).href;
  const key = await generateIdentityKey();
  const port = await freePort();
  const main = new URL('../../services/billing/src/main.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [main], {
    stdio: ['ignore', 'inherit', 'inherit'],
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
  const url = `http://127.0.0.1:${port}`;
  await waitUntilReady(url);
  const admin = await connect(databaseUrl);
  const asService = await connect(databaseUrl, '-c role=steward_billing_service');
  const stopService = async (): Promise<void> => {
    if (child.exitCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  };
  return {
    pid: child.pid as number,
    admin,
    asService,
    ask: asker(url, key),
    stopService,
    stop: async () => {
      await stopService();
      await admin.end();
      await asService.end();
      await servers.stop();
    },
  };
}
