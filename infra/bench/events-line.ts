import { fork, type ChildProcess } from 'node:child_process';

import { eventMigrations } from '@steward/events';
import { migrate } from '@steward/db';
import pg from 'pg';

import { benchConsumer, benchPublisher, effectTable } from './events-catalog.ts';
import type { Line, Moment } from './events-roles.ts';

/** A publisher with its relay and a consumer, each in a process of its own, on a broker of one policy. */
export type RunningLine = {
  line: Line;
  pids: Record<'relay' | 'consumer' | 'load', number>;
  startRelay(): Promise<number>;
  stopRelay(): Promise<void>;
  /** Whether the reaction takes facts together, or by one statement each. */
  react(together: boolean): Promise<void>;
  /** Answers when each of the next `count` facts had its effect. */
  effects(count: number): Promise<Moment[]>;
  burst(count: number): Promise<number>;
  steady(seconds: number): Promise<Moment[]>;
  stop(): Promise<void>;
};

type Answer = { id: number; answer: unknown };

/** Asks a process for something; it fails when the process ends first. */
function asker(child: ChildProcess, name: string): (verb: string, argument?: number) => Promise<unknown> {
  const waiting = new Map<number, { resolve: (answer: unknown) => void; reject: (error: Error) => void }>();
  let asked = 0;
  child.on('message', ({ id, answer }: Answer) => {
    waiting.get(id)?.resolve(answer);
    waiting.delete(id);
  });
  child.once('exit', (code) => {
    for (const { reject } of waiting.values()) reject(new Error(`the ${name} ended with ${code}`));
  });
  return (verb, argument = 0) =>
    new Promise((resolve, reject) => {
      const id = verb === 'ready' ? 0 : (asked += 1);
      waiting.set(id, { resolve, reject });
      if (id > 0) child.send({ id, verb, argument });
    });
}

async function startProcess(
  name: string,
  line: Line,
  profileTo: string | undefined,
): Promise<{ child: ChildProcess; ask: ReturnType<typeof asker> }> {
  const profiling =
    profileTo === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileTo}`, `--cpu-prof-name=${name}.cpuprofile`];
  const child = fork(new URL('./events-process.ts', import.meta.url), [name, JSON.stringify(line)], {
    execArgv: ['--disable-warning=ExperimentalWarning', ...profiling],
    serialization: 'advanced',
  });
  const ask = asker(child, name);
  await ask('ready');
  return { child, ask };
}

/** Makes both databases of a line on a server, empty. */
export async function createLineDatabases(postgres: string, name: string): Promise<{ source: string; sink: string }> {
  const admin = new pg.Client({ connectionString: postgres });
  await admin.connect();
  const create = async (database: string, service: string): Promise<string> => {
    await admin.query(`create database ${database}`);
    const url = Object.assign(new URL(postgres), { pathname: `/${database}` }).href;
    await migrate({ url, service, migrations: [...eventMigrations, effectTable] });
    return url;
  };
  const source = await create(`${name}_source`, benchPublisher);
  const sink = await create(`${name}_sink`, benchConsumer);
  await admin.end();
  return { source, sink };
}

/** `profileTo`: a directory for the CPU profiles of the three processes. */
export async function startLine(line: Line, profileTo?: string): Promise<RunningLine> {
  const relay = await startProcess('relay', line, profileTo);
  const consumer = await startProcess('consumer', line, profileTo);
  const load = await startProcess('load', line, profileTo);
  return {
    line,
    pids: { relay: relay.child.pid ?? 0, consumer: consumer.child.pid ?? 0, load: load.child.pid ?? 0 },
    startRelay: async () => (await relay.ask('start')) as number,
    stopRelay: async () => void (await relay.ask('stop')),
    react: async (together) => void (await consumer.ask('react', together ? 1 : 0)),
    effects: async (count) => (await consumer.ask('expect', count)) as Moment[],
    burst: async (count) => (await load.ask('burst', count)) as number,
    steady: async (seconds) => (await load.ask('steady', seconds)) as Moment[],
    stop: async () => {
      await relay.ask('stop');
      const children = [load, consumer, relay].map(({ child }) => child);
      const gone = children.map((child) => new Promise((resolve) => child.once('exit', resolve)));
      for (const child of children) child.disconnect();
      await Promise.all(gone);
    },
  };
}
