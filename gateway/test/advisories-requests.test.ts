import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { request as httpRequest } from 'node:http';
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { aPlatform, ask, bearer, type GraphqlError, type Platform } from './a-gateway.ts';
import { aSubgraphSaying } from './a-server.ts';

// What was once published against Apollo's server, gateway or router, tried on this one; infra/audits/advisories.ts
// says what each was.

let platform: Platform;
let url: string;
beforeAll(async () => {
  platform = await aPlatform();
  ({ url } = await platform.gateway({ BODY_LIMIT_BYTES: '20000' }));
});
afterAll(() => platform.stop());

const reasonOf = async (response: Response): Promise<unknown> =>
  ((await response.json()) as { errors: GraphqlError[] }).errors[0]?.extensions['reason'];
const json = { 'content-type': 'application/json' };
const asClerk = (query: string, headers: Record<string, string> = {}, variables?: object) =>
  ask(url, query, { ...bearer(platform.token), ...headers }, variables);
const post = (body: NonNullable<RequestInit['body']>, headers: Record<string, string>): Promise<Response> =>
  fetch(`${url}/graphql`, { method: 'POST', headers: { ...bearer(platform.token), ...headers }, body, duplex: 'half' });
const get = (path: string, headers: Record<string, string>): Promise<Response> =>
  fetch(`${url}${path}`, { headers: { ...bearer(platform.token), ...headers } });

async function expectAlive(): Promise<void> {
  expect((await asClerk('{ orders { id } }')).body).toEqual({ data: { orders: [{ id: '1' }, { id: '2' }] } });
}

describe('GHSA-9q82-xgwf-vj6h', () => {
  const path = `/graphql?query=${encodeURIComponent('{ orders { id } }')}`;

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    'message/rfc822',
    'application/json, text/plain',
    ' ',
  ])('a GET of the type "%s", which a browser might send unasked, reads nothing', async (type) => {
    platform.orders.calls.length = 0;
    const response = await get(path, { 'content-type': type });
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(platform.orders.calls).toEqual([]);
  });

  test('nor does one whose content type is odd although a script sent it', async () => {
    platform.orders.calls.length = 0;
    const response = await get(path, { 'content-type': 'message/rfc822', 'apollo-require-preflight': '1' });
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(platform.orders.calls).toEqual([]);
  });
});

test.each(['koi8-r', 'gb18030', 'utf-7', 'utf-16', 'UTF-32', 'x-user-defined', 'iso-2022-jp', '__proto__'])(
  'GHSA-mp6q-xf9x-fwf7: a body in the character set %s is not decoded',
  async (charset) => {
    const response = await post('{"query":"{ orders { id } }"}', {
      'content-type': `application/json; charset=${charset}`,
    });
    expect([response.status, await reasonOf(response)]).toEqual([415, 'BODY_INVALID']);
  },
);

test('GHSA-8r69-3cvp-wxc3: no answer may be kept by a cache, and a batch is none', async () => {
  const answer = await asClerk('{ orders { id } }');
  expect(answer.headers.get('cache-control')).toBe('no-store');
  const batch = await post(JSON.stringify([{ query: '{ orders { id } }' }, { query: '{ boom }' }]), json);
  expect(batch.status).toBe(400);
});

test('GHSA-j5g3-5c8r-7qfx: a key of Apollo in the environment is read by nobody and reported nowhere', async () => {
  const asked: string[] = [];
  const watch = (message: unknown): void => {
    (message as { socket: Socket }).socket.on('lookup', (_error, _address, _family, host) => asked.push(host));
  };
  const before = { ...process.env };
  Object.assign(process.env, { APOLLO_KEY: 'service:graph:k\u00eby ', APOLLO_GRAPH_REF: 'graph@current' });
  subscribe('net.client.socket', watch);
  try {
    const gateway = await platform.gateway();
    expect((await ask(gateway.url, '{ orders { id } }', bearer(platform.token))).status).toBe(200);
    await gateway.stop();
    expect(asked).toEqual([]);
  } finally {
    unsubscribe('net.client.socket', watch);
    process.env = before;
  }
});

test('GHSA-qm7x-rc44-rrqw, GHSA-68jh-rf6x-836f: nothing of a request comes back in a page, and each page has a nonce of its own or none', async () => {
  const html = { accept: 'text/html' };
  const hostile = encodeURIComponent('</script><script>alert(1)</script>');
  const pages = [await get(`/graphql?endpoint=${hostile}`, html), await get(`/graphql?x=${hostile}#${hostile}`, html)];
  for (const page of pages) {
    expect(await page.text()).not.toContain('alert(1)');
    expect(page.headers.get('content-security-policy')).not.toMatch(/nonce-|unsafe-eval/);
  }
});

test('GHSA-w42g-7vfc-xf37: there is no second way in beside HTTP that other rules would hold for', async () => {
  const answered = await new Promise<number | 'upgraded'>((resolve, reject) => {
    const upgrade = httpRequest(`${url}/graphql`, {
      headers: {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': Buffer.alloc(16).toString('base64'),
        'sec-websocket-protocol': 'graphql-transport-ws',
      },
    });
    upgrade.once('upgrade', () => resolve('upgraded'));
    upgrade.once('response', (response) => (response.resume(), resolve(response.statusCode ?? 0)));
    upgrade.once('error', reject);
    upgrade.end();
  });
  expect(answered).toBe(400);
});

describe('CVE-2026-32621', () => {
  const names = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'];
  const clean = (): void => {
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect((JSON.parse('{}') as { polluted?: unknown }).polluted).toBeUndefined();
    expect(({} as { id?: unknown }).id).toBeUndefined();
    expect(Object.prototype.toString.call({})).toBe('[object Object]');
  };

  test.each(names)('the alias %s pollutes nothing', async (name) => {
    const { body } = await asClerk(`{ ${name}: orders { ${name}: id assignee { ${name}: id name } } }`);
    clean();
    expect(JSON.stringify(body)).not.toContain('INTERNAL');
    await expectAlive();
  });

  test.each(names)('nor does the variable $%s', async (name) => {
    const variables = JSON.parse(`{"${name}": {"polluted": "yes"}, "id": "1"}`) as object;
    await asClerk(`query ($id: ID!, $${name}: Int) { order(id: $id) { id } refuse(x: $${name}) }`, {}, variables);
    clean();
    await expectAlive();
  });

  test('nor does what a service answers', async () => {
    const said = '{"data":{"__proto__":{"polluted":"yes"},"orders":[{"__proto__":{"polluted":"yes"},"id":"1"}]}}';
    const orders = await aSubgraphSaying(JSON.parse(said) as object);
    const gateway = await platform.gateway({
      SUBGRAPH_URLS: JSON.stringify({ orders: orders.url, people: platform.people.url }),
    });
    const { body } = await ask(gateway.url, '{ orders { id assignee { name } } }', bearer(platform.token));
    clean();
    expect(JSON.stringify(body)).not.toContain('polluted');
    await orders.stop();
  });
});

test('CVE-2024-28101: a small body that unpacks to a large one is not unpacked', async () => {
  const body = gzipSync(Buffer.alloc(30_000_000, 32));
  expect(body.length).toBeLessThan(60_000);
  const response = await post(body, { ...json, 'content-encoding': 'gzip' });
  expect([response.status, await reasonOf(response)]).toEqual([415, 'BODY_INVALID']);
});

test('CVE-2024-43783: a body that does not say its length is counted', async () => {
  const body = Readable.toWeb(Readable.from(Array.from({ length: 40 }, () => Buffer.alloc(1_000, 32))));
  const response = await post(body as ReadableStream, json);
  expect([response.status, await reasonOf(response)]).toEqual([413, 'BODY_TOO_LARGE']);
});

test.each([
  'subscription { orders { id } }',
  'subscription S { orders { id } }',
  '{ orders { id ... @defer { title } } }',
])('CVE-2023-41317, CVE-2023-45812: %s is refused like any other fault, also as a stream', async (query) => {
  for (const accept of ['application/json, */*', 'multipart/mixed; deferSpec=20220824', 'text/event-stream']) {
    const response = await post(JSON.stringify({ query }), { ...json, accept });
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(response.status).toBeLessThan(500);
    await response.text();
  }
  await expectAlive();
});

test('CVE-2024-32971: operations that are alike but not the same never share a plan', async () => {
  const document = 'query A { order(id: "1") { id } } query B { order(id: "2") { title } }';
  const run = async (body: object): Promise<unknown> => {
    const response = await post(JSON.stringify(body), json);
    return ((await response.json()) as { data: unknown }).data;
  };
  for (let round = 0; round < 3; round += 1) {
    expect(await run({ query: document, operationName: 'A' })).toEqual({ order: { id: '1' } });
    expect(await run({ query: document, operationName: 'B' })).toEqual({ order: { title: 'lift' } });
    expect(await run({ query: '{ order(id: "2") { id } }' })).toEqual({ order: { id: '2' } });
    for (const id of ['1', '2']) {
      const skipping = 'query ($id: ID!, $no: Boolean!) { order(id: $id) { id title @skip(if: $no) } }';
      expect(await run({ query: skipping, variables: { id, no: true } })).toEqual({ order: { id } });
    }
  }
});
