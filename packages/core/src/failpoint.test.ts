import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';

import { loadConfig } from './config.ts';
import type { FailpointOrder } from './failpoint.ts';

const directory = mkdtempSync(path.join(tmpdir(), 'steward-failpoint-'));
const walker = path.join(directory, 'walker.mjs');
const failpointModule = new URL('failpoint.ts', import.meta.url).href;

// Passes the step three times for each word from outside, and tells after each.
writeFileSync(
  walker,
  `import { failpoint } from '${failpointModule}';
   process.on('message', async (message) => {
     if (message !== 'walk') return;
     for (let step = 1; step <= 3; step += 1) { await failpoint('commit'); process.send('passed ' + step); }
   });
   process.send('ready');`,
);

/** Walks once with these orders given before; answers what the process told until `last`. */
async function walk(child: ChildProcess, orders: FailpointOrder[], last: string): Promise<string[]> {
  const told: string[] = [];
  const over = new Promise<void>((resolve) =>
    child.on('message', (message) => {
      told.push(typeof message === 'string' ? message : JSON.stringify(message));
      if (told.at(-1) === last) resolve();
    }),
  );
  for (const order of orders) child.send(order);
  child.send('walk');
  await over;
  return told;
}

async function begin(env: NodeJS.ProcessEnv): Promise<ChildProcess> {
  const child = fork(walker, [], { env: { ...process.env, NODE_OPTIONS: '', ...env }, execArgv: [] });
  await new Promise((resolve) => child.once('message', resolve));
  return child;
}

afterAll(() => rmSync(directory, { recursive: true, force: true }));

const stopAtSecond: FailpointOrder = { failpoint: 'stop', step: 'commit', after: 1 };
const stopped = '{"failpoint":"stopped","step":"commit"}';

describe('a failpoint', () => {
  test('stops the flow at the asked pass and lets it go on when told', async () => {
    const child = await begin({ STEWARD_FAILPOINTS: '1' });
    expect(await walk(child, [stopAtSecond], stopped)).toEqual(['passed 1', stopped]);
    const rest: unknown[] = [];
    const over = new Promise((resolve) => child.on('message', (message) => rest.push(message) === 2 && resolve(null)));
    child.send({ failpoint: 'go' });
    await over;
    expect(rest).toEqual(['passed 2', 'passed 3']);
    child.kill();
  });

  test.each([
    ['it is not switched on', {}, [stopAtSecond]],
    ['it is in production', { STEWARD_FAILPOINTS: '1', NODE_ENV: 'production' }, [stopAtSecond]],
    ['another step is asked for', { STEWARD_FAILPOINTS: '1' }, [{ ...stopAtSecond, step: 'begin' } as const]],
    ['the order was taken back', { STEWARD_FAILPOINTS: '1' }, [stopAtSecond, { failpoint: 'go' } as const]],
  ])('stops nobody when %s', async (_when, env, orders) => {
    const child = await begin(env);
    expect(await walk(child, orders, 'passed 3')).toEqual(['passed 1', 'passed 2', 'passed 3']);
    child.kill();
  });

  test('is refused with the configuration of a process in production', () => {
    const load = (env: NodeJS.ProcessEnv) => () => loadConfig(z.object({}), env);
    expect(load({ NODE_ENV: 'production', STEWARD_FAILPOINTS: '1' })).toThrow('STEWARD_FAILPOINTS: refused');
    expect(load({ NODE_ENV: 'test', STEWARD_FAILPOINTS: '1' })).not.toThrow();
  });
});
