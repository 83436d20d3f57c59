import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { createLog, FakeClock, newId } from '@steward/core';
import { migrate, openDatabase, type Database, type Scope, type Tx } from '@steward/db';
import express from 'express';
import pg from 'pg';

import {
  bindFiles,
  commonPurposes,
  fileMigrations,
  fileRouter,
  memoryFileStore,
  parseSigningKeys,
} from '../src/index.ts';
import type { FileStore } from '../src/index.ts';

export const signingKeys = parseSigningKeys('a-secret-for-tests-of-thirty-two-bytes');
export const start = new Date('2026-03-01T08:00:00Z');

/** A database of its own, files bound to it, and their router behind a real HTTP server. */
export type ScratchService = {
  database: Database;
  clock: FakeClock;
  store: FileStore;
  url: string;
  write<T>(work: (tx: Tx) => Promise<T>, scope?: Partial<Scope>): Promise<T>;
  tenantId: string;
  stop(): Promise<void>;
};

const reversed = (text: string): string => [...text].toReversed().join('');

async function createDatabase(admin: string): Promise<string> {
  const name = `files_${newId().replaceAll('-', '')}`;
  const client = new pg.Client({ connectionString: admin });
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  return Object.assign(new URL(admin), { pathname: name }).href;
}

async function dropDatabase(admin: string, url: string): Promise<void> {
  const client = new pg.Client({ connectionString: admin });
  await client.connect();
  await client.query(`drop database ${new URL(url).pathname.slice(1)} with (force)`);
  await client.end();
}

const listen = (server: Server): Promise<string> =>
  new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
  });

export async function startScratchService(store: FileStore = memoryFileStore()): Promise<ScratchService> {
  const admin = process.env.STEWARD_TEST_PG_URL;
  if (admin === undefined) throw new Error('STEWARD_TEST_PG_URL is set by the global setup of the test run');
  const [service, log, clock] = ['work-orders', createLog({ name: 'files', level: 'silent' }), new FakeClock(start)];
  const url = await createDatabase(admin);
  await migrate({ url, service, migrations: fileMigrations });
  const database = await openDatabase({ url, service, entities: [], log });
  bindFiles(database, {
    service,
    signingKeys,
    purposes: commonPurposes,
    store,
    names: { seal: (_tenant, name) => reversed(name), open: (_tenant, sealed) => reversed(sealed) },
    clock,
  });
  const server = createServer(express().use(fileRouter({ database, store, log })));
  const tenantId = newId();
  const scope: Scope = { tenantId, now: start, actor: { kind: 'staff', id: newId(), sub: 'mei' } };
  return {
    database,
    clock,
    store,
    url: await listen(server),
    tenantId,
    write: (work, changed = {}) => database.write({ ...scope, ...changed }, work),
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await database.close();
      await dropDatabase(admin, url);
    },
  };
}

/** A PNG of the given size: its first bytes, then filling. */
export const aPng = (bytes = 2_000, filling = 7): Buffer<ArrayBuffer> => {
  const content = Buffer.alloc(bytes, filling);
  Buffer.from('89504e470d0a1a0a', 'hex').copy(content);
  return content;
};
