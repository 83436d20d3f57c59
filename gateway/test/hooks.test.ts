import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { IncomingHttpHeaders } from 'node:http';
import { eventuallyHolds } from '@steward/test-kit/eventually';
import { aPlatform, bearer, type GraphqlError, type Platform } from './a-gateway.ts';
import { aDeadAddress, aServer, bodyOf, type Listening } from './a-server.ts';

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
      const { method, url: path, headers } = request;
      calls.push({ method, url: path, headers, body: await bodyOf(request) });
      response.writeHead(reply.status, reply.headers).end(reply.body);
    };
    void answer();
  });
  const urls = JSON.stringify({ orders: service.url, people: platform.people.url });
  ({ url } = await platform.gateway({ SUBGRAPH_URLS: urls, NODE_ENV: 'production' }));
});
beforeEach(() => {
  calls.length = 0;
  reply = { status: 204, headers: {}, body: '' };
});
afterAll(async () => {
  await platform.stop();
  await service.stop();
});

const path = '/hooks/orders/wechat-pay/0190-a/0190-b';
const post = (to: string, init: RequestInit = {}): Promise<Response> =>
  fetch(`${url}${to}`, { method: 'POST', ...init });
const reasonOf = async (response: Response): Promise<unknown> =>
  ((await response.json()) as { errors: GraphqlError[] }).errors[0]?.extensions['reason'];

test('what a provider tells reaches the service byte for byte with its signature, and nothing of ours', async () => {
  const body = '{"id":"EV-1",  "summary":"支付成功"}\n';
  const signature = {
    'wechatpay-signature': 'c2ln',
    'wechatpay-serial': '5157F09EFDC096DE',
    'wechatpay-timestamp': '1795351444',
    'wechatpay-nonce': 'n',
  };
  const strange = { cookie: 's=1', 'x-steward-identity': 'forged', 'x-steward-call': 'forged' };
  const headers = { 'content-type': 'application/json', ...signature, ...strange, ...bearer(platform.token) };
  expect((await post(path, { body, headers })).status).toBe(204);
  expect(calls).toMatchObject([
    { method: 'POST', url: path, body, headers: { ...signature, 'content-type': 'application/json' } },
  ]);
  for (const header of ['cookie', 'authorization', 'x-steward-identity', 'x-steward-call'])
    expect(calls[0]?.headers).not.toHaveProperty(header);
});

test('a refusal of the service comes back as it is', async () => {
  const json = { 'content-type': 'application/json', 'set-cookie': 'a=1', server: 'secret/1.0' };
  reply = { status: 401, headers: json, body: '{"code":"SIGN_ERROR"}' };
  const response = await post(path, { body: '{}' });
  expect([response.status, await response.json()]).toEqual([401, { code: 'SIGN_ERROR' }]);
  expect(response.headers.get('set-cookie')).toBeNull();
  expect(response.headers.get('server')).not.toBe('secret/1.0');
});

test('what is longer than anything a provider tells is refused before the service is asked', async () => {
  const response = await post(path, { body: 'x'.repeat(65_537) });
  expect([response.status, await reasonOf(response)]).toEqual([413, 'BODY_TOO_LARGE']);
  expect(calls).toEqual([]);
  expect((await post(path, { body: 'x'.repeat(65_536) })).status).toBe(204);
});

test.each([
  ['GET', path],
  ['PUT', path],
  ['POST', '/hooks'],
  ['POST', '/hooks/orders'],
  ['POST', '/hooks/orders/'],
  ['POST', '/hooks/nobody/x'],
  ['POST', '/hooks/constructor/x'],
  ['POST', '/hooks/orders/..%2fgraphql'],
  ['POST', '/hooks/orders/.env'],
  ['POST', '/hooks/orders/x?to=evil'],
])('%s %s is no hook', async (method, to) => {
  const response = await fetch(`${url}${to}`, { method });
  expect([response.status, await reasonOf(response)]).toEqual([404, 'ROUTE_NOT_FOUND']);
  expect(calls).toEqual([]);
});

test('a service that is away is told of as such, so that the provider tells again', async () => {
  const urls = JSON.stringify({ orders: await aDeadAddress(), people: platform.people.url });
  const gateway = await platform.gateway({ SUBGRAPH_URLS: urls });
  const response = await fetch(`${gateway.url}${path}`, { method: 'POST', body: '{}' });
  expect([response.status, await reasonOf(response)]).toEqual([503, 'SUBGRAPH_UNAVAILABLE']);
});

test('files that stand still take nothing away from what providers tell', async () => {
  let transfers = 0;
  const orders = await aServer((request, response) => {
    if (request.url?.startsWith('/files/')) return void (transfers += 1);
    request.resume();
    response.writeHead(204).end();
  });
  const urls = JSON.stringify({ orders: orders.url, people: platform.people.url });
  const gateway = await platform.gateway({ SUBGRAPH_URLS: urls });
  const leaving = new AbortController();
  const downloads = Array.from({ length: 80 }, () =>
    fetch(`${gateway.url}/files/orders/a`, { signal: leaving.signal }).then(
      ({ status }) => status,
      () => 'left',
    ),
  );
  await eventuallyHolds(async () => expect(transfers).toBe(64));
  expect((await fetch(`${gateway.url}${path}`, { method: 'POST', body: '{}' })).status).toBe(204);
  expect(await Promise.race(downloads)).toBe(503);
  leaving.abort();
  await Promise.all(downloads);
  await orders.stop();
});
