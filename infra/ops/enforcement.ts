import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { normalised, operationId } from '@steward/gateway/registered-operations';
import { readSupergraph } from '@steward/gateway/supergraph';
import { startAuditedGateway } from '../audits/a-gateway.ts';
import { mutatedOperations } from './mutated-operations.ts';
import { readOperations } from './operation-files.ts';
import { createOperationsClient } from './operations-client.ts';

export type Enforcement = {
  operations: number;
  registered: number;
  refused: number;
  /** Calls that a service got for a mutated operation: none may. */
  executed: number;
  /** Registered operations that were answered before and after. */
  answered: number;
  milliseconds: { median: number; p99: number; longest: number };
};

const examples = fileURLToPath(new URL('../start/queries', import.meta.url));
const client = { name: 'proof', version: '1' };
const LANES = 4;
/** What stands beside the text in some of the URLs: more than some parsers look at. */
const PADDING = 999;

type Way = 'POST' | 'GET' | 'GET beside a registered id';
/** In turn. */
const ways: readonly Way[] = ['POST', 'GET', 'GET beside a registered id'];

/** Stands for every service: it counts what it is asked and knows nothing. */
async function startCounter() {
  let calls = 0;
  const server = createServer((request, response) => {
    calls += 1;
    request.resume();
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"data":null}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, calls: () => calls, stop: () => server.close().closeAllConnections() };
}

/** Sends mutated operations to a gateway that enforces, over the real supergraph, and counts what came of each. */
export async function measureEnforcement(count: number, seed: number): Promise<Enforcement> {
  const directory = mkdtempSync(path.join(tmpdir(), 'steward-enforce-'));
  const services = await startCounter();
  const supergraph = fileURLToPath(new URL('../../gateway/supergraph.graphql', import.meta.url));
  const names = (await readSupergraph(supergraph)).services;
  const gateway = await startAuditedGateway(() => ({
    SUBGRAPH_URLS: JSON.stringify(Object.fromEntries(names.map((name) => [name, services.url]))),
    OPERATIONS_MODE: 'enforce',
    OPERATIONS_DIR: directory,
    COST_PER_MINUTE: '1000000000',
  }));
  try {
    const registered = readOperations(examples);
    await createOperationsClient({ ...gateway, locale: 'en' }).push(client.name, client.version, registered);
    const id = operationId(normalised(registered[0] ?? ''));
    const ask = (query: string, way: Way) => asked(gateway, { query, way, id });
    const known = async (): Promise<number> => {
      const answers = await Promise.all(
        registered.map(async (text) => [(await ask(text, 'POST')).status, (await ask(text, 'GET')).status]),
      );
      return answers.filter((statuses) => statuses.every((status) => status === 200)).length;
    };
    const before = await known();
    const callsBefore = services.calls();
    const times: number[] = [];
    let refused = 0;
    const queue = mutatedOperations(registered, count, seed);
    let sent = 0;
    const lane = async (): Promise<void> => {
      for (const text of queue) {
        const way = ways[(sent += 1) % ways.length] ?? 'POST';
        const began = performance.now();
        const { status, body } = await ask(text, way);
        times.push(performance.now() - began);
        await body?.cancel();
        if (status === refusalOf(way)) refused += 1;
      }
    };
    await Promise.all(Array.from({ length: LANES }, lane));
    const executed = services.calls() - callsBefore;
    const answered = before + (await known());
    return { operations: count, registered: registered.length, refused, executed, answered, milliseconds: told(times) };
  } finally {
    await gateway.stop();
    services.stop();
    rmSync(directory, { recursive: true });
  }
}

/** A URL with parameters that nobody knows is refused for that. */
const refusalOf = (way: Way): number => (way === 'GET beside a registered id' ? 400 : 403);

/** Asks by one of the ways in which an operation may be sent. */
function asked({ url, token }: { url: string; token: string }, of: { query: string; way: Way; id: string }) {
  const headers = {
    authorization: `Bearer ${token}`,
    'apollographql-client-name': client.name,
    'apollographql-client-version': client.version,
  };
  const { query, way, id } = of;
  if (way === 'POST') {
    const json = { ...headers, 'content-type': 'application/json' };
    return fetch(url, { method: 'POST', headers: json, body: JSON.stringify({ query }) });
  }
  const search = way === 'GET' ? '' : `documentId=${id}${'&a'.repeat(PADDING)}&`;
  const asAScript = { ...headers, 'apollo-require-preflight': '1' };
  return fetch(`${url}?${search}query=${encodeURIComponent(query)}`, { headers: asAScript });
}

function told(times: number[]): Enforcement['milliseconds'] {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): number => Math.round((sorted[Math.floor(share * (sorted.length - 1))] ?? 0) * 10) / 10;
  return { median: at(0.5), p99: at(0.99), longest: at(1) };
}
