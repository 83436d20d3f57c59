import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { eventuallyHolds } from '@steward/test-kit/eventually';
import { aPlatform, bearer, type GraphqlError, type Platform } from './a-gateway.ts';
import { aServer, bodyOf, type Listening } from './a-server.ts';

type Call = { method: string | undefined; url: string | undefined; headers: IncomingHttpHeaders; body: string };

let platform: Platform;
let service: Listening;
let url: string;
const calls: Call[] = [];
let reply: { status: number; headers: Record<string, string>; body: string };

beforeAll(async () => {
  platform = await aPlatform();
  service = await aServer((request, response) => {
    const answer = async (): Promise<void> => {
      calls.push({
        method: request.method,
        url: request.url,
        headers: request.headers,
        body: await bodyOf(request).catch(() => 'cut'),
      });
      response.writeHead(reply.status, reply.headers).end(reply.body);
    };
    void answer();
  });
  const urls = JSON.stringify({ orders: service.url, people: platform.people.url });
  ({ url } = await platform.gateway({ SUBGRAPH_URLS: urls, FILE_LIMIT_BYTES: '1000' }));
});
beforeEach(() => {
  calls.length = 0;
  reply = { status: 200, headers: { 'content-type': 'image/png', 'content-disposition': 'attachment' }, body: 'bytes' };
});
afterAll(async () => {
  await platform.stop();
  await service.stop();
});

const path = '/files/orders/upload/abc.DEF_1-2';
const reasonOf = async (response: Response): Promise<unknown> =>
  ((await response.json()) as { errors: GraphqlError[] }).errors[0]?.extensions['reason'];

test("a download is the service's answer, with the headers that matter", async () => {
  reply.headers = { ...reply.headers, 'set-cookie': 'a=1', server: 'secret/1.0', 'cache-control': 'private, no-store' };
  const response = await fetch(`${url}${path}`, {
    headers: { ...bearer(platform.token), cookie: 's=1', range: 'bytes=0-9' },
  });
  expect(await response.text()).toBe('bytes');
  expect(response.headers.get('content-disposition')).toBe('attachment');
  expect(response.headers.get('cache-control')).toBe('private, no-store');
  expect(response.headers.get('set-cookie')).toBeNull();
  expect(response.headers.get('server')).toBeNull();
  expect(calls).toMatchObject([{ method: 'GET', url: path, headers: { range: 'bytes=0-9' } }]);
  expect(calls[0]?.headers).not.toHaveProperty('authorization');
  expect(calls[0]?.headers).not.toHaveProperty('cookie');
});

test('an upload is passed on as it is, and a refusal of the service comes back', async () => {
  reply = { status: 403, headers: { 'content-type': 'application/json' }, body: '{"reason":"FILE_LINK_EXPIRED"}' };
  const response = await fetch(`${url}${path}`, {
    method: 'PUT',
    body: 'photo',
    headers: { 'content-type': 'image/png' },
  });
  expect([response.status, await response.json()]).toEqual([403, { reason: 'FILE_LINK_EXPIRED' }]);
  expect(calls).toMatchObject([
    { method: 'PUT', body: 'photo', headers: { 'content-type': 'image/png', 'content-length': '5' } },
  ]);
});

describe('a file over the limit is refused', () => {
  test('by what it says of itself, before the service is asked', async () => {
    const response = await fetch(`${url}${path}`, { method: 'PUT', body: 'x'.repeat(1_001) });
    expect([response.status, await reasonOf(response)]).toEqual([413, 'FILE_TOO_LARGE']);
    expect(calls).toEqual([]);
  });

  test('by counting, when it does not say', async () => {
    const body = Readable.toWeb(Readable.from(Array.from({ length: 20 }, () => Buffer.alloc(100)))) as ReadableStream;
    const response = await fetch(`${url}${path}`, { method: 'PUT', body, duplex: 'half' });
    expect([response.status, await reasonOf(response)]).toEqual([413, 'FILE_TOO_LARGE']);
  });

  test('but one of exactly the limit is not', async () => {
    const response = await fetch(`${url}${path}`, { method: 'PUT', body: 'x'.repeat(1_000) });
    expect(response.status).toBe(200);
  });
});

test.each([
  '/files',
  '/files/orders',
  '/files/orders/',
  '/files/orders//x',
  '/files/orders/../graphql',
  '/files/orders/..%2fgraphql',
  '/files/orders/%2e%2e/graphql',
  '/files/orders/..',
  '/files/orders/./x',
  '/files/orders/.env',
  '/files/orders/a/../../_test/clock',
  '/files/orders\\..\\graphql',
  '/files/orders/x%00',
  '/files/nobody/x',
  '/files/constructor/x',
  '/files/orders/x#@evil.example/',
  '//evil.example/files/orders/x',
  'http://evil.example/files/orders/x',
])('the path %s leads nowhere', async (odd) => {
  const { status } = await raw('GET', odd);
  expect(status).toBe(404);
  expect(calls).toEqual([]);
});

test.each(['POST', 'DELETE', 'PATCH', 'OPTIONS'])('%s is no method of files', async (method) => {
  expect((await raw(method, path)).status).toBe(404);
  expect(calls).toEqual([]);
});

test('a service that fails is named, and what it said is not passed on', async () => {
  reply = { status: 500, headers: {}, body: 'Error at /app/src/main.ts' };
  const failed = await fetch(`${url}${path}`, { headers: { 'accept-language': 'en' } });
  expect(failed.status).toBe(503);
  expect(await failed.text()).toMatch(/The service orders cannot be reached/);
});

test('a service that is away is named', async () => {
  const urls = JSON.stringify({ orders: 'http://127.0.0.1:1', people: platform.people.url });
  const gateway = await platform.gateway({ SUBGRAPH_URLS: urls });
  for (const init of [{}, { method: 'PUT', body: 'x' }]) {
    const response = await fetch(`${gateway.url}${path}`, init);
    const body = await response.text();
    expect([response.status, body.includes('SUBGRAPH_UNAVAILABLE'), body.includes('127.0.0.1')]).toEqual([
      503,
      true,
      false,
    ]);
  }
});

describe('a transfer that stands still is given up, whichever side it is', () => {
  const socketTo = (at: string) => {
    const { hostname, port } = new URL(at);
    return connect(Number(port), hostname);
  };

  test('who sends', async () => {
    const urls = JSON.stringify({ orders: service.url, people: platform.people.url });
    const gateway = await platform.gateway({ SUBGRAPH_URLS: urls, FILE_STALL_MS: '200' });
    const socket = socketTo(gateway.url);
    socket.write(`PUT ${path} HTTP/1.1\r\nhost: x\r\ncontent-length: 500\r\n\r\nbytes`);
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 408 [^]*BODY_LATE/);
  });

  test('who reads', async () => {
    let answered: Promise<boolean> | undefined;
    const large = await aServer((_request, response) => {
      answered = once(response, 'close').then(() => response.writableFinished);
      response.end(Buffer.alloc(40_000_000));
    });
    const urls = JSON.stringify({ orders: large.url, people: platform.people.url });
    const gateway = await platform.gateway({ SUBGRAPH_URLS: urls, FILE_STALL_MS: '500' });
    const socket = socketTo(gateway.url);
    socket.pause();
    socket.write(`GET ${path} HTTP/1.1\r\nhost: x\r\n\r\n`);
    await eventuallyHolds(async () => expect(answered).toBeDefined());
    expect(await answered).toBe(false);
    socket.destroy();
    await large.stop();
  });
});

/** As it stands, without fetch's own tidying of the path. */
function raw(method: string, wanted: string): Promise<{ status: number | undefined; body: string }> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    httpRequest({ hostname, port, path: wanted, method }, (response) => {
      text(response).then((body) => resolve({ status: response.statusCode, body }), reject);
    })
      .once('error', reject)
      .end();
  });
}
