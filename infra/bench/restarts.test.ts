import { mkdtempSync, rmSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { testServers } from '@steward/test-kit';

import { openPlatformRig, type PlatformRig } from './platform-rig.ts';
import { restartUnderLoad } from './restarts.ts';

const directory = mkdtempSync(path.join(tmpdir(), 'steward-restarts-'));
let rig: PlatformRig | undefined;
beforeAll(async () => {
  const prefix = `rig_${randomUUID().slice(0, 8)}`;
  rig = await openPlatformRig({ ...testServers(), directory, prefix, services: ['hr'] });
}, 120_000);
afterAll(async () => {
  await rig?.stop();
  rmSync(directory, { recursive: true, force: true });
}, 60_000);

// Every service, twenty times and under more load, is `npm run prove:restarts`.
test('gateway and service are started anew twice under load: each request is answered whole, each command done once', async () => {
  if (rig === undefined) throw new Error('nothing runs');
  const { pid, services } = rig;
  const parts = ['gateway', ...services];
  const pids = parts.map(pid);
  const report = await restartUnderLoad(rig, { times: 2, perSecond: 20, connections: 8, isTogether: true });
  expect(report.failed).toEqual({});
  expect(report.restarts).toBe(2 * pids.length);
  expect(report.requests).toBeGreaterThan(20);
  expect(report.commands.answered).toBeGreaterThan(10);
  expect(report.commands.done).toBe(report.commands.answered);
  for (const part of parts) expect(pids).not.toContain(pid(part));
}, 240_000);
