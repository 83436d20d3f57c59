import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';

import {
  CALL_HEADER,
  createCallSigner,
  generateIdentityKey,
  IDENTITY_HEADER,
  signIdentity,
  type Viewer,
} from '@steward/auth';
import { Agent } from 'undici';

/** Billing in a process of its own that may be killed at any time and is started again. */
export type ServiceProcess = {
  /** What an operation answers whoever usually asks, or somebody else; throws where nobody answers. */
  ask<D>(query: string, variables: Record<string, unknown>, asker?: Viewer): Promise<Answer<D>>;
  /** Puts a file where an answer said. */
  put(path: string, bytes: Buffer, contentType: string): Promise<void>;
  /** SIGKILL; it is started again at once. */
  crash(): Promise<void>;
  /** Of the process that runs now. */
  pid(): number;
  stop(): Promise<void>;
};

export type Answer<D> = {
  data: D | null;
  errors?: { message: string; path?: unknown[]; extensions: { code: string; reason?: string } }[];
};

export type ServiceOptions = {
  /** The file that runs it, below this folder. */
  main: string;
  service: string;
  databaseUrl: string;
  natsUrl: string;
  viewer: Viewer;
  env?: Record<string, string>;
};

/** Identities are good for a minute; one is signed anew before it ends. */
const identityMilliseconds = 30_000;

type Started = { child: ChildProcess; url: string };

function start(main: string, env: NodeJS.ProcessEnv): Promise<Started> {
  const file = new URL(main, import.meta.url).pathname;
  const child = spawn(process.execPath, [file], { env, stdio: ['ignore', 'pipe', 'ignore'] });
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the service ended with ${code} before it was ready`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const ready = line.startsWith('{"ready"') ? (JSON.parse(line) as { url: string }) : null;
      if (ready !== null) resolve({ child, url: ready.url });
    });
  });
}

const ended = (child: ChildProcess): Promise<unknown> =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise((resolve) => child.once('exit', resolve));

async function signer(audience: string) {
  const key = await generateIdentityKey();
  const signCall = createCallSigner(key.privateKey);
  const signed = new Map<Viewer, { token: Promise<string>; at: number }>();
  const tokenOf = (viewer: Viewer): Promise<string> => {
    const known = signed.get(viewer);
    if (known !== undefined && Date.now() - known.at <= identityMilliseconds) return known.token;
    const token = signIdentity(viewer, key.privateKey, { kid: key.kid, audience });
    signed.set(viewer, { token, at: Date.now() });
    return token;
  };
  const headers = async (body: string, viewer: Viewer): Promise<Record<string, string>> => {
    const token = await tokenOf(viewer);
    return { [IDENTITY_HEADER]: token, [CALL_HEADER]: signCall(token, body) };
  };
  return { headers, publicKeys: JSON.stringify(key.publicKeys) };
}

async function putFile(url: string, bytes: Buffer, contentType: string): Promise<void> {
  const { ok, status } = await fetch(url, { method: 'PUT', headers: { 'content-type': contentType }, body: bytes });
  if (!ok) throw new Error(`the upload was refused: ${status}`);
}

/** Starts a service and keeps how to ask it, wherever it listens after a crash. */
export async function startServiceProcess(options: ServiceOptions): Promise<ServiceProcess> {
  const { main, service, databaseUrl, natsUrl, viewer } = options;
  const directory = mkdtempSync(join(tmpdir(), 'steward-ledger-'));
  const { headers, publicKeys } = await signer(service);
  const env = {
    ...process.env,
    NODE_ENV: 'production',
    LOG_LEVEL: 'silent',
    DATABASE_URL: databaseUrl,
    NATS_URL: natsUrl,
    NATS_PREFIX: `ledger-${process.pid}`,
    IDENTITY_PUBLIC_KEYS: publicKeys,
    FIELD_KEYS: `1:${Buffer.alloc(32, 1).toString('base64')}`,
    FILE_SIGNING_KEY: 'proof-'.repeat(8),
    FILES_DIR: join(directory, 'files'),
    OUTGOING_DIR: join(directory, 'outgoing'),
    ...options.env,
  };
  let running = await start(main, env);
  let isStopping = false;
  // As a supervisor does: one that has ended is started again, until it stays (its database may be gone as well).
  const supervise = async (): Promise<void> => {
    for (;;) {
      await ended(running.child);
      if (isStopping) return;
      const next = await start(main, env).catch(() => null);
      if (next === null) await pause(200);
      else running = next;
    }
  };
  const supervised = supervise();
  const agent = new Agent({ connections: 64 });
  const ask = async <D>(query: string, variables: Record<string, unknown>, asker = viewer): Promise<Answer<D>> => {
    const body = JSON.stringify({ query, variables });
    const signedHeaders = await headers(body, asker);
    const init = { method: 'POST', headers: { 'content-type': 'application/json', ...signedHeaders }, body };
    const response = await fetch(`${running.url}/graphql`, { ...init, dispatcher: agent });
    return (await response.json()) as Answer<D>;
  };
  const put = (path: string, bytes: Buffer, contentType: string): Promise<void> =>
    putFile(`${running.url}${path}`, bytes, contentType);
  return {
    ask,
    put,
    crash: async () => {
      const { child } = running;
      child.kill('SIGKILL');
      await ended(child);
    },
    pid: () => running.child.pid ?? 0,
    stop: async () => {
      isStopping = true;
      running.child.kill('SIGTERM');
      await supervised;
      await agent.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
