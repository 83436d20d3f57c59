import { expect, test } from '@jest/globals';
import { keepRunning } from './keep-running.ts';

type Fake = { pid: number; exited: Promise<void>; die(): void; stop(): Promise<void> };

function fake(pid: number): Fake {
  let die = (): void => undefined;
  const exited = new Promise<void>((resolve) => {
    die = resolve;
  });
  return {
    pid,
    exited,
    die: () => die(),
    stop: () => {
      die();
      return exited;
    },
  };
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

test('a process that dies is started again, also when the first attempt fails, and not after a stop', async () => {
  const started: Fake[] = [];
  const said: string[] = [];
  let failures = 0;
  const running = await keepRunning({
    name: 'hr',
    say: (line) => said.push(line),
    start: () => {
      if (started.length === 1 && failures === 0) {
        failures += 1;
        return Promise.reject(new Error('the port is taken'));
      }
      started.push(fake(started.length + 1));
      return Promise.resolve(started.at(-1)!);
    },
  });
  started[0]!.die();
  await until(() => said.length === 4);
  expect(said).toEqual([
    'hr ended; starting it again in 0.25 s',
    'hr does not start: the port is taken',
    'hr ended; starting it again in 0.5 s',
    'hr runs again',
  ]);
  await running.stop();
  expect(started).toHaveLength(2);
});

test('a stop during the pause before a restart starts nothing', async () => {
  const started: Fake[] = [];
  const said: string[] = [];
  const running = await keepRunning({
    name: 'hr',
    say: (line) => said.push(line),
    start: () => {
      started.push(fake(1));
      return Promise.resolve(started.at(-1)!);
    },
  });
  started[0]!.die();
  await until(() => said.length === 1);
  await running.stop();
  expect(started).toHaveLength(1);
});

test('what does not start the first time is refused', async () => {
  const start = (): Promise<Fake> => Promise.reject(new Error('no'));
  await expect(keepRunning({ name: 'hr', say: () => undefined, start })).rejects.toThrow('no');
});
