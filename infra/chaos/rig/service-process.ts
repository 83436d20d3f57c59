import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { fileURLToPath } from 'node:url';

import type { Failpoint, FailpointOrder, FailpointReport } from '@steward/core';

import { tiedToParent } from '../../embedded/server-process.mjs';

const root = fileURLToPath(new URL('../../../', import.meta.url));

export type ServiceProcessOptions = { main: string; url: string; env: NodeJS.ProcessEnv; logFile: string };

/** An instance of a service in a process of its own, started again on the same port whenever it dies. */
export type ServiceProcess = {
  url: string;
  /** Resolves when it takes requests: at once unless it is being started again. */
  up(): Promise<void>;
  /** Resolves when the process stands at the step, after it has passed it so many times. */
  stopAt(step: Failpoint, after: number): Promise<void>;
  /** Lets a stopped step go on; takes back a `stopAt` that has not come true. */
  go(): void;
  signal(signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): void;
  /** Another program takes its place from now on; resolves when that takes requests. */
  become(main: string): Promise<void>;
  stop(): Promise<void>;
};

type Living = { child: ChildProcess; ready: Promise<void>; exited: Promise<void> };

function begin({ main, env, logFile }: ServiceProcessOptions): Living {
  const [program = '', ...args] = [...tiedToParent('KILL'), process.execPath, main];
  const child = spawn(program, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  const log = createWriteStream(logFile, { flags: 'a' });
  child.stderr?.pipe(log, { end: false });
  child.stdout?.pipe(log, { end: false });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const ready = new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      if (chunk.includes('{"ready"')) resolve();
    });
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`${main} ended before it was ready: see ${logFile}`)));
  });
  // Only who waits for it needs to know.
  ready.catch(() => undefined);
  return { child, ready, exited };
}

/** A gate that opens and closes; whoever waits goes through the next time it is open. */
class Gate {
  isOpen = false;
  #waiting: (() => void)[] = [];

  open(): void {
    this.isOpen = true;
    for (const go of this.#waiting.splice(0)) go();
  }

  close(): void {
    this.isOpen = false;
  }

  passed(): Promise<void> {
    return this.isOpen ? Promise.resolve() : new Promise((resolve) => this.#waiting.push(resolve));
  }
}

/** Starts the process and watches over it. */
export async function startServiceProcess(given: ServiceProcessOptions): Promise<ServiceProcess> {
  let options = given;
  const up = new Gate();
  let living = begin(options);
  let isStopping = false;
  let reached: () => void = () => undefined;
  const watch = (): void => {
    const { child, ready, exited } = living;
    child.on('message', (report: FailpointReport) => {
      if (report.failpoint === 'stopped') reached();
    });
    // An order that meets a dying process has no reader.
    child.on('error', () => undefined);
    ready.then(
      () => up.open(),
      () => undefined,
    );
    void exited.then(() => {
      up.close();
      if (isStopping) return;
      living = begin(options);
      watch();
    });
  };
  const order = (text: FailpointOrder): void => {
    if (living.child.connected) living.child.send(text);
  };
  const stop = async (): Promise<void> => {
    isStopping = true;
    living.child.kill('SIGKILL');
    await living.exited;
  };
  watch();
  await living.ready.catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return {
    url: given.url,
    up: () => up.passed(),
    stopAt: (step, after) => {
      const standing = new Promise<void>((resolve) => (reached = resolve));
      order({ failpoint: 'stop', step, after });
      return standing;
    },
    go: () => order({ failpoint: 'go' }),
    signal: (signal) => {
      // It answers nothing any more; whoever asks next waits for its successor.
      if (signal === 'SIGKILL') up.close();
      living.child.kill(signal);
    },
    become: async (main) => {
      options = { ...options, main };
      up.close();
      living.child.kill('SIGKILL');
      await up.passed();
    },
    stop,
  };
}
