import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

import { sink, type EventRig } from '../rig/event-rig.ts';

/** Instances of one consumer, each in a process of its own that is started again whenever it dies. */
export type Instances = {
  /** How often one has died. */
  crashes(): number;
  begin(): void;
  stop(): Promise<void>;
};

const program = new URL('./poison-consumer.ts', import.meta.url);

export async function startInstances(rig: EventRig, nats: string, howMany: number): Promise<Instances> {
  const children = new Set<ChildProcess>();
  let [crashes, begun, stopping] = [0, false, false];
  const start = async (): Promise<void> => {
    const child = fork(program, [rig.urls[sink], nats, rig.prefix], {
      execArgv: ['--disable-warning=ExperimentalWarning'],
    });
    children.add(child);
    child.once('exit', () => {
      children.delete(child);
      if (stopping) return;
      crashes += 1;
      void start();
    });
    await once(child, 'message');
    if (begun) child.send('begin');
  };
  await Promise.all(Array.from({ length: howMany }, start));
  return {
    crashes: () => crashes,
    begin: () => {
      begun = true;
      for (const child of children) child.send('begin');
    },
    stop: async () => {
      stopping = true;
      const gone = [...children].map((child) => once(child, 'exit'));
      for (const child of children) child.kill('SIGKILL');
      await Promise.all(gone);
    },
  };
}
