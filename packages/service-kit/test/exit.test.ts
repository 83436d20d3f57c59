import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

import { expect, test } from '@jest/globals';

const program = fileURLToPath(new URL('./start-and-stop.ts', import.meta.url));

test('a service that has stopped, or could not start, leaves nothing open: its process ends by itself, at once', async () => {
  const child = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'inherit'] });
  let stoppedAt = Infinity;
  child.stdout.on('data', () => (stoppedAt = Date.now()));
  const [out, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  expect([out, code]).toEqual(['refused\nstopped\n', 0]);
  expect(Date.now() - stoppedAt).toBeLessThan(5_000);
}, 60_000);
