import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { LaunchError } from './launch-error.mjs';
import { startPostgres } from './postgres.mjs';
import { inspectProcess, waitUntilGone } from './processes.mjs';

let directory: string;
let dataDir: string;

beforeAll(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'steward-launcher-'));
  chmodSync(directory, 0o711);
  dataDir = path.join(directory, 'postgres');
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows as Record<string, unknown>[];
  } finally {
    await client.end();
  }
}

async function refusal(start: Promise<unknown>): Promise<string> {
  const error = await start.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(LaunchError);
  const { message } = error as LaunchError;
  expect(message).not.toContain('\n');
  return message;
}

describe('one data directory', () => {
  test('is made on the first start, with a password of its own that only its owner may read', async () => {
    const server = await startPostgres({ dataDir });
    await query(server.url, 'create table kept (n int)');
    await query(server.url, 'insert into kept values (1)');
    expect(statSync(path.join(dataDir, 'password')).mode & 0o777).toBe(0o600);
    await expect(query(server.url.replace(/:[^:@]+@/, ':guess@'), 'select 1')).rejects.toThrow(
      'password authentication',
    );
    await expect(query(server.url.replace('127.0.0.1', '[::1]'), 'select 1')).rejects.toThrow(
      /ECONNREFUSED|EADDRNOTAVAIL|EAFNOSUPPORT/,
    );
    await server.stop();
    expect(inspectProcess(server.pid)).toBeNull();
  });

  test('keeps what was committed when the server is killed, with sessions open', async () => {
    const server = await startPostgres({ dataDir });
    const session = new pg.Client({ connectionString: server.url });
    session.on('error', () => undefined);
    await session.connect();
    await session.query('insert into kept values (2)');
    process.kill(server.pid, 'SIGKILL');
    await server.exited;
    const again = await startPostgres({ dataDir });
    expect(await query(again.url, 'select n from kept order by n')).toEqual([{ n: 1 }, { n: 2 }]);
    await again.stop();
  });

  test('starts although the pid file names a process that is not PostgreSQL', async () => {
    writeFileSync(path.join(dataDir, 'cluster', 'postmaster.pid'), `${process.pid}\n`);
    const server = await startPostgres({ dataDir });
    await server.stop();
    expect(inspectProcess(process.pid)).not.toBeNull();
  });

  test('is refused while another process holds it, and taken over when that process is gone', async () => {
    const claim = path.join(dataDir, 'launcher.json');
    const holder = inspectProcess(process.ppid);
    writeFileSync(claim, JSON.stringify({ pid: process.ppid, startedAt: holder?.startedAt }));
    expect(await refusal(startPostgres({ dataDir }))).toContain(`in use by the process ${process.ppid}`);
    writeFileSync(claim, JSON.stringify({ pid: process.ppid, startedAt: 'another time, so another process' }));
    const server = await startPostgres({ dataDir });
    await server.stop();
    expect(await waitUntilGone(server.pid, 0)).toBe(true);
  });

  test('that is broken is named in one sentence that says what to do', async () => {
    truncateSync(path.join(dataDir, 'cluster', 'global', 'pg_control'), 100);
    const damaged = await refusal(startPostgres({ dataDir }));
    expect(damaged).toContain(`The PostgreSQL data directory ${dataDir} is broken`);
    expect(damaged).toContain('npm start -- --reset');
    rmSync(path.join(dataDir, 'password'));
    expect(await refusal(startPostgres({ dataDir }))).toContain('its password file is missing');
    rmSync(path.join(dataDir, 'cluster', 'PG_VERSION'));
    expect(await refusal(startPostgres({ dataDir }))).toContain('it has no PG_VERSION');
  });
});

test('a taken port is named in one sentence', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as AddressInfo;
  const message = await refusal(startPostgres({ dataDir: path.join(directory, 'other'), port, test: true }));
  expect(message).toBe(
    `Port ${port} for PostgreSQL is already in use: stop the program that listens there, or choose another port.`,
  );
  other.close();
});

test('a data directory that is a file is named in one sentence', async () => {
  const file = path.join(directory, 'file');
  mkdirSync(directory, { recursive: true });
  writeFileSync(file, '');
  expect(await refusal(startPostgres({ dataDir: file }))).toContain(`${file} cannot be used`);
});
