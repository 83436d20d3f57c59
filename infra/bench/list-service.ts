import { rmSync } from 'node:fs';
import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import {
  CALL_HEADER,
  createCallSigner,
  generateIdentityKey,
  IDENTITY_HEADER,
  signIdentity,
  type Viewer,
} from '@steward/auth';
import { newId } from '@steward/core';
import { roleNames } from '@steward/db';
import { runService, type ServiceDefinition } from '@steward/service-kit';
import { definition as workOrders } from '@steward/work-orders';
import pg from 'pg';

import { startNats } from '../embedded/nats.mjs';
import { startPostgres } from '../embedded/postgres.mjs';
import { benchTenant } from './list-data.ts';

/** A service as it runs in production, on servers and a database of its own. */
export type ListService = {
  /** The administrator's connection, which no row-level security binds. */
  admin: pg.Client;
  /** A connection with the rights of the service, as its own ones are. */
  asService: pg.Client;
  versions: { postgres: string };
  /** Sends a query as a director who sees the whole company. */
  ask<D>(query: string, variables: Record<string, unknown>): Promise<D>;
  stop(): Promise<void>;
};

const viewer = {
  sub: 'bench',
  tenantId: benchTenant,
  actor: 'staff',
  staffId: newId(),
  roles: ['director'],
  departments: [],
  communityIds: 'all',
} satisfies Omit<Viewer, 'audience'>;

/** Identities are good for a minute; one is signed anew before it ends. */
const identitySeconds = 30;

async function connect(url: string, options?: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, ...(options === undefined ? {} : { options }) });
  await client.connect();
  return client;
}

async function startServers(
  directory: string,
  onProgress: (line: string) => void,
): Promise<{ postgres: string; nats: string; stop(): Promise<void> }> {
  const postgres = await startPostgres({ dataDir: join(directory, 'postgres'), onProgress });
  const nats = await startNats({ storeDir: join(directory, 'nats'), onProgress });
  return {
    postgres: postgres.url,
    nats: nats.url,
    stop: async () => {
      await nats.stop();
      await postgres.stop();
    },
  };
}

type Asking = { url: string; audience: string; key: Awaited<ReturnType<typeof generateIdentityKey>> };

function asker({ url, key, audience }: Asking): ListService['ask'] {
  let signed: { token: Promise<string>; at: number } | undefined;
  const identity = (): Promise<string> => {
    if (signed === undefined || performance.now() - signed.at > identitySeconds * 1000) {
      const options = { kid: key.kid, audience };
      signed = { token: signIdentity({ ...viewer, audience }, key.privateKey, options), at: performance.now() };
    }
    return signed.token;
  };
  const signCall = createCallSigner(key.privateKey);
  return async <D>(query: string, variables: Record<string, unknown>): Promise<D> => {
    const body = JSON.stringify({ query, variables });
    const signedFor = await identity();
    const proof = { [IDENTITY_HEADER]: signedFor, [CALL_HEADER]: signCall(signedFor, body) };
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...proof },
      body,
    });
    const answer = (await response.json()) as { data: D; errors?: { message: string }[] };
    if (answer.errors !== undefined) throw new Error(answer.errors[0]?.message ?? 'refused');
    return answer.data;
  };
}

export const startListService = (onProgress: (line: string) => void): Promise<ListService> =>
  startServiceAlone(workOrders, { fieldKeys: `1:${Buffer.alloc(32, 1).toString('base64')}`, onProgress });

/** Starts a service and its servers in a directory of its own, which goes when it is stopped. */
export async function startServiceAlone(
  definition: ServiceDefinition,
  { fieldKeys, onProgress }: { fieldKeys: string; onProgress: (line: string) => void },
): Promise<ListService> {
  const directory = await mkdtemp(join(tmpdir(), 'steward-bench-'));
  // Under root PostgreSQL runs as another user, who has to pass through here.
  await chmod(directory, 0o711);
  // Also when the run is cut short; the servers die with this process.
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
  const servers = await startServers(directory, onProgress);
  const setup = await connect(servers.postgres);
  await setup.query('create database bench_list');
  await setup.end();
  const url = Object.assign(new URL(servers.postgres), { pathname: '/bench_list' }).href;
  const key = await generateIdentityKey();
  const service = await runService(definition, {
    NODE_ENV: 'production',
    LOG_LEVEL: 'error',
    DATABASE_URL: url,
    NATS_URL: servers.nats,
    IDENTITY_PUBLIC_KEYS: JSON.stringify(key.publicKeys),
    FIELD_KEYS: fieldKeys,
    FILE_SIGNING_KEY: 'bench-'.repeat(8),
    FILES_DIR: join(directory, 'files'),
    OUTGOING_DIR: join(directory, 'outgoing'),
  });
  const admin = await connect(url);
  const asService = await connect(url, `-c role=${roleNames(definition.name).service}`);
  const { rows } = await admin.query<{ server_version: string }>('show server_version');
  return {
    admin,
    asService,
    versions: { postgres: rows[0]?.server_version ?? 'unknown' },
    ask: asker({ url: service.url, audience: definition.name, key }),
    stop: async () => {
      await admin.end();
      await asService.end();
      await service.stop();
      await servers.stop();
    },
  };
}
