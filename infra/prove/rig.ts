import { mkdtempSync, rmSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { startTestService, type Seeded, type ServiceSeed, type TestService } from '@steward/test-kit';

import { startNats } from '../embedded/nats.mjs';
import { startPostgres } from '../embedded/postgres.mjs';
import { recording, type Sent } from './recording.ts';

export type Servers = { directory: string; stop(): Promise<void> };

/** PostgreSQL and nats-server for a proof outside the tests, under the names by which the test kit knows them. */
export async function startServers(onProgress: (line: string) => void): Promise<Servers> {
  const directory = mkdtempSync(path.join(tmpdir(), 'steward-prove-'));
  // Under root PostgreSQL runs as another user, who has to pass through here.
  await chmod(directory, 0o711);
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
  const postgres = await startPostgres({ test: true, dataDir: path.join(directory, 'postgres'), onProgress });
  const nats = await startNats({ test: true, storeDir: path.join(directory, 'nats'), onProgress });
  process.env['STEWARD_TEST_PG_URL'] = postgres.url;
  process.env['STEWARD_TEST_NATS_URL'] = nats.url;
  return {
    directory,
    stop: async () => {
      await nats.stop();
      await postgres.stop();
    },
  };
}

export type SeededService = { service: TestService; company: Seeded; sent: Sent[] };

export type Seeding = { env?: NodeJS.ProcessEnv; rewrite?: Parameters<typeof recording>[2] };

/** A service with the test data of a company, and what its people sent to make it. */
export async function startSeeded(seed: ServiceSeed, { env, rewrite }: Seeding = {}): Promise<SeededService> {
  const { definition, startsAt: now } = seed;
  const service = await startTestService(definition, { ...(env && { env }), ...(now && { now }) });
  const sent: Sent[] = [];
  const recorded = recording(service, sent, rewrite);
  try {
    return { service, company: await seed.seed(recorded), sent };
  } catch (error) {
    await service.stop();
    throw error;
  }
}
