import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

import { CALL_HEADER, createCallSigner, IDENTITY_HEADER, signIdentity, type IdentityKey } from '@steward/auth';
import { composeSupergraph } from '@steward/gateway';
import { commonSdl } from '@steward/service-kit';
import { startTestService, type TestService } from '@steward/test-kit';
import { Source } from 'graphql';

import { claims, startAuditedGateway } from './a-gateway.ts';
import { startReferenceSubgraph, type ReferenceSubgraph } from './compatibility/reference-subgraph.ts';
import { productsService } from './products/products.ts';

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));
const directory = mkdtempSync(path.join(tmpdir(), 'steward-compatibility-'));

let references: ReferenceSubgraph[] = [];
let urls: { products: string; gateway: string };
let token: string;
/** In the order of starting; stopped in reverse. */
const stops: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  references = await Promise.all([startReferenceSubgraph('users'), startReferenceSubgraph('inventory')]);
  stops.push(...references.map((each) => each.stop));
  const SUPERGRAPH_FILE = composed();
  let products: TestService | undefined;
  const gateway = await startAuditedGateway(async ({ publicKeys }) => {
    products = await startTestService(productsService, { env: { IDENTITY_PUBLIC_KEYS: JSON.stringify(publicKeys) } });
    stops.push(products.stop);
    const origins = [['products', products.url()], ...references.map(({ name, url }) => [name, url])];
    return { SUPERGRAPH_FILE, SUBGRAPH_URLS: JSON.stringify(Object.fromEntries(origins)) };
  });
  stops.push(gateway.stop);
  const front = await startFront(gateway.identity, products?.url() ?? '');
  stops.push(async () => front.close());
  urls = { products: `http://127.0.0.1:${(front.address() as AddressInfo).port}/`, gateway: gateway.url };
  ({ token } = gateway);
});
afterAll(async () => {
  for (const stop of stops.toReversed()) await stop();
  rmSync(directory, { recursive: true });
});

function composed(): string {
  const sources = references.map(({ name, sdl }) => ({ name, sources: [new Source(sdl, name)] }));
  const own = { name: 'products', sources: [new Source(productsService.schema), new Source(commonSdl)] };
  const result = composeSupergraph([own, ...sources]);
  if ('errors' in result) throw new Error(result.errors.join('\n'));
  const file = path.join(directory, 'supergraph.graphql');
  writeFileSync(file, result.supergraph);
  return file;
}

/** The suite asks the subgraph itself, which nobody can without an identity: this gives it one and changes nothing else. */
async function startFront({ privateKey, kid }: IdentityKey, service: string): Promise<Server> {
  const signCall = createCallSigner(privateKey);
  const sign = () =>
    signIdentity({ sub: 'auditor', ...claims, audience: 'products' }, privateKey, { kid, audience: 'products' });
  const server = createServer((request, response) => {
    const { host: _host, connection: _connection, 'content-length': _length, ...headers } = request.headers;
    const passOn = async (): Promise<void> => {
      const [identity, body] = [await sign(), await text(request)];
      const proof = { [IDENTITY_HEADER]: identity, [CALL_HEADER]: signCall(identity, body) };
      const answer = await fetch(`${service}/graphql`, {
        method: 'POST',
        headers: { ...(headers as Record<string, string>), ...proof },
        body,
      });
      response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' });
      response.end(await answer.text());
    };
    passOn().catch((error: unknown) => response.writeHead(502).end(String(error)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

type Report = {
  numPassedTests: number;
  numTotalTests: number;
  testResults: { message: string; assertionResults: { fullName: string; status: string }[] }[];
};

async function runSuite(): Promise<Report> {
  const report = path.join(directory, 'report.json');
  const jest = here('../../node_modules/jest/bin/jest.js');
  const args = [jest, '--ci', '--json', '--outputFile', report, '--config', here('compatibility/jest.config.mjs')];
  const env = { ...process.env, PRODUCTS_URL: urls.products, GATEWAY_URL: urls.gateway, GATEWAY_TOKEN: token };
  // It ends with 1 where a test failed, which the report tells in full.
  await new Promise<void>((resolve) => {
    execFile(process.execPath, args, { env }, () => resolve());
  });
  return JSON.parse(readFileSync(report, 'utf8')) as Report;
}

test('a service of the kit passes all 23 tests of the federation compatibility suite', async () => {
  const { testResults, numPassedTests, numTotalTests } = await runSuite();
  const failed = testResults.flatMap(({ message, assertionResults }) =>
    assertionResults.every(({ status }) => status === 'passed') ? [] : [message],
  );
  expect(failed).toEqual([]);
  expect([numPassedTests, numTotalTests]).toEqual([23, 23]);
});
