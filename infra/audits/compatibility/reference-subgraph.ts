import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

import { startOnPort } from '../../embedded/ports.mjs';

const suite = path.dirname(
  createRequire(import.meta.url).resolve('@apollo/federation-subgraph-compatibility-tests/package.json'),
);

export type ReferenceSubgraph = { name: string; url: string; sdl: string; stop(): Promise<void> };

/** Starts one of the suite's own subgraphs, as published, with node instead of a container. */
export async function startReferenceSubgraph(name: 'users' | 'inventory'): Promise<ReferenceSubgraph> {
  const directory = path.join(suite, 'dist/subgraphs', name);
  const sdl = readFileSync(path.join(directory, `${name}.graphql`), 'utf8');
  return (await startOnPort(0, name, async (port: number) => {
    const child = spawn(process.execPath, ['index.js'], {
      cwd: directory,
      env: { ...process.env, [`${name.toUpperCase()}_PORT`]: String(port) },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    const said: string[] = [];
    child.stderr?.on('data', (chunk: Buffer) => said.push(chunk.toString()));
    const exited = once(child, 'exit');
    const [first] = (await Promise.race([once(child, 'message'), exited])) as [unknown];
    if (first !== 'ready') throw new Error(`the subgraph ${name} ended: ${said.join('')}`);
    const stop = async (): Promise<void> => {
      child.kill('SIGKILL');
      await exited;
    };
    return { name, url: `http://127.0.0.1:${port}`, sdl, stop };
  })) as ReferenceSubgraph;
}
