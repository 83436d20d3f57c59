import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { LaunchError } from './launch-error.mjs';
import { startNats } from './nats.mjs';
import { inspectProcess } from './processes.mjs';

let directory: string;
let storeDir: string;

beforeAll(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'steward-launcher-'));
  storeDir = path.join(directory, 'nats');
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

async function connected<T>(url: string, work: (connection: NatsConnection) => Promise<T>): Promise<T> {
  const { host, username, password } = new URL(url);
  const connection = await connect({ servers: host, user: username, pass: password, reconnect: false });
  try {
    return await work(connection);
  } finally {
    await connection.close();
  }
}

describe('one store directory', () => {
  test('is made on the first start, with a password of its own', async () => {
    const server = await startNats({ storeDir });
    expect(statSync(path.join(storeDir, 'password')).mode & 0o777).toBe(0o600);
    expect(statSync(path.join(storeDir, 'nats.conf')).mode & 0o777).toBe(0o600);
    await expect(connected(server.url.replace(/:[^:@]+@/, ':guess@'), () => Promise.resolve())).rejects.toThrow(
      'Authorization Violation',
    );
    await server.stop();
    expect(inspectProcess(server.pid)).toBeNull();
  });

  test('keeps what was acknowledged when the server is killed', async () => {
    const server = await startNats({ storeDir });
    await connected(server.url, async (connection) => {
      await (await jetstreamManager(connection)).streams.add({ name: 'KEPT', subjects: ['kept.>'] });
      await jetstream(connection).publish('kept.one', 'message');
      process.kill(server.pid, 'SIGKILL');
      await server.exited;
    });
    const again = await startNats({ storeDir });
    const messages = await connected(again.url, async (connection) => {
      const manager = await jetstreamManager(connection);
      return (await manager.streams.info('KEPT')).state.messages;
    });
    expect(messages).toBe(1);
    await again.stop();
  });
});

describe('one sentence', () => {
  const refusal = async (start: Promise<unknown>): Promise<string> => {
    const error = await start.then(
      () => null,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(LaunchError);
    const { message } = error as LaunchError;
    expect(message).not.toContain('\n');
    return message;
  };

  test('names a taken port', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    expect(await refusal(startNats({ storeDir: path.join(directory, 'other'), port }))).toContain(
      `Port ${port} for NATS`,
    );
    other.close();
  });

  test('names a store that cannot be used', async () => {
    const broken = path.join(directory, 'broken');
    const server = await startNats({ storeDir: broken });
    await server.stop();
    rmSync(path.join(broken, 'jetstream'), { recursive: true, force: true });
    writeFileSync(path.join(broken, 'jetstream'), '');
    expect(await refusal(startNats({ storeDir: broken }))).toMatch(
      /does not start on .*broken .* remove that directory/,
    );
  });

  test('names a program that is not a nats-server', async () => {
    process.env['NATS_SERVER_BIN'] = process.execPath;
    try {
      expect(await refusal(startNats({ storeDir }))).toContain('is not a nats-server of version 2.10 or newer');
    } finally {
      delete process.env['NATS_SERVER_BIN'];
    }
  });
});
