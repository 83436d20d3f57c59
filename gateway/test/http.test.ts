import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { request as httpRequest } from 'node:http';
import { text } from 'node:stream/consumers';
import { aPlatform, ask, bearer, type GraphqlError, type Platform } from './a-gateway.ts';
import { aCannedServer, aDeadAddress, aHoldingServer, aHungServer } from './a-server.ts';

let platform: Platform;
let url: string;
beforeAll(async () => {
  platform = await aPlatform();
  ({ url } = await platform.gateway({ BODY_LIMIT_BYTES: '2000' }));
});
afterAll(() => platform.stop());

const traceId = expect.stringMatching(/^[0-9a-f]{32}$/);
const reasonOf = async (response: Response): Promise<unknown> =>
  ((await response.json()) as { errors: GraphqlError[] }).errors[0]?.extensions['reason'];
const post = (body: string, headers: Record<string, string>): Promise<Response> =>
  fetch(`${url}/graphql`, { method: 'POST', headers: { ...bearer(platform.token), ...headers }, body });
const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${url}${path}`, { headers });

describe('cross-site request forgery', () => {
  const body = JSON.stringify({ query: 'mutation { touch(id: "1") { id } }' });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', ''])(
    'a POST that a form could send (%s) is refused before any service is asked',
    async (type) => {
      platform.orders.calls.length = 0;
      const response = await post(body, { 'content-type': type });
      expect(response.status).toBe(400);
      expect(['REQUEST_BLOCKED', 'REQUEST_INVALID']).toContain(await reasonOf(response));
      expect(platform.orders.calls).toEqual([]);
    },
  );

  test('a content type that says JSON only in part does not pass as JSON', async () => {
    for (const type of ['text/plain;application/json', 'application/json, text/plain', 'json']) {
      const response = await post(body, { 'content-type': type });
      expect(response.status).toBe(400);
    }
  });

  test('a GET without a header that only scripts can send is refused', async () => {
    const path = `/graphql?query=${encodeURIComponent('{ orders { id } }')}`;
    const plain = await get(path, bearer(platform.token));
    expect([plain.status, await reasonOf(plain)]).toEqual([400, 'REQUEST_BLOCKED']);
    const asked = await get(path, { ...bearer(platform.token), 'apollo-require-preflight': '1' });
    expect(asked.status).toBe(200);
  });

  test('a mutation by GET is refused even with it', async () => {
    const path = `/graphql?query=${encodeURIComponent('mutation { touch(id: "1") { id } }')}`;
    const response = await get(path, { ...bearer(platform.token), 'apollo-require-preflight': '1' });
    expect(response.status).toBe(405);
    expect(await reasonOf(response)).toBe('REQUEST_INVALID');
  });
});

describe('bodies', () => {
  const json = { 'content-type': 'application/json' };

  test.each([
    ['is not JSON', '{"query": ', 400, 'BODY_INVALID'],
    ['is too large', JSON.stringify({ query: `{ orders { id } } #${'x'.repeat(3_000)}` }), 413, 'BODY_TOO_LARGE'],
    ['is a batch', JSON.stringify([{ query: '{ orders { id } }' }, { query: '{ boom }' }]), 400, 'REQUEST_INVALID'],
    ['is empty', '{}', 400, 'REQUEST_INVALID'],
    ['asks by a hash', '{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"ab"}}}', 200, 'REQUEST_INVALID'],
  ])('one that %s gets a typed error', async (_name, body, status, reason) => {
    const response = await post(body, { ...json, 'accept-language': 'en' });
    expect(response.status).toBe(status);
    const { errors } = (await response.json()) as { errors: GraphqlError[] };
    expect(errors).toEqual([{ message: expect.any(String), extensions: { code: 'BAD_USER_INPUT', reason, traceId } }]);
  });
});

test.each([
  '/',
  '/graphq',
  '/_test/clock',
  '/graphiql/../package.json',
  '/graphiql/package.json',
  '/health',
  '/constructor',
])('there is nothing at %s', async (path) => {
  const response = await get(path, { 'accept-language': 'en' });
  expect(response.status).toBe(404);
  expect(await response.json()).toEqual({
    errors: [
      {
        message: 'There is nothing at this address.',
        extensions: { code: 'NOT_FOUND', reason: 'ROUTE_NOT_FOUND', traceId },
      },
    ],
  });
  expect(response.headers.get('x-powered-by')).toBeNull();
});

test('a path that cannot be decoded is no cause for a stack', async () => {
  const response = await rawGet('/graphiql/%E0%A4%A');
  expect(response.status).toBe(400);
  expect(response.body).not.toContain('node_modules');
});

describe('health', () => {
  test('alive, and ready with every service', async () => {
    expect(await (await get('/health/live')).json()).toEqual({ status: 'ok' });
    const ready = await get('/health/ready');
    expect(ready.status).toBe(200);
    expect(await ready.json()).toEqual({ status: 'ok', services: { orders: 'ok', people: 'ok' } });
  });

  test.each([
    ['dead', async () => ({ url: await aDeadAddress(), stop: () => Promise.resolve() })],
    ['hung', aHungServer],
    ['not ready', () => aCannedServer(503, 'application/json', '{}')],
  ])('not ready while a service is %s, naming it and no address', async (_name, start) => {
    const people = await start();
    const gateway = await platform.gateway({
      SUBGRAPH_URLS: JSON.stringify({ orders: platform.orders.url, people: people.url }),
    });
    const response = await fetch(`${gateway.url}/health/ready`);
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({ status: 'unavailable', services: { orders: 'ok', people: 'unavailable' } });
    expect((await fetch(`${gateway.url}/health/live`)).status).toBe(200);
    await people.stop();
  });
});

describe('GraphiQL', () => {
  const browser = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };

  test('comes whole from this server, so that it works without the internet', async () => {
    const page = await get('/graphql', browser);
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    const html = await page.text();
    expect(html).not.toMatch(/https?:/);
    const sources = [...html.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path = '']) => path);
    expect(sources).toHaveLength(5);
    for (const path of sources) {
      const asset = await get(path);
      expect([path, asset.status]).toEqual([path, 200]);
      expect(asset.headers.get('content-type')).toMatch(path.endsWith('.css') ? /css/ : /javascript/);
      expect((await asset.text()).length).toBeGreaterThan(100);
    }
  });

  test('is not there in production', async () => {
    const { url: production } = await platform.gateway({ NODE_ENV: 'production' });
    const page = await fetch(`${production}/graphql`, { headers: browser });
    expect(page.headers.get('content-type')).not.toContain('html');
    expect((await fetch(`${production}/graphiql/graphiql.js`)).status).toBe(404);
  });
});

describe('stopping', () => {
  test('answers what is under way, refuses what is new, and leaves nothing open', async () => {
    const people = await aHoldingServer();
    const gateway = await platform.gateway({
      SUBGRAPH_URLS: JSON.stringify({ orders: platform.orders.url, people: people.url }),
    });
    const asked = ask(gateway.url, '{ person(id: "p1") { name } }', bearer(platform.token));
    await people.arrived;
    const stopped = gateway.stop();
    await expect(refusedConnection(gateway.url)).resolves.toBe(true);
    people.answer({ data: { person: { name: 'Ma' } } });
    expect((await asked).body).toEqual({ data: { person: { name: 'Ma' } } });
    await stopped;
    await gateway.stop();
    await people.stop();
  });

  test('does not wait for ever for a service that hangs', async () => {
    const people = await aHoldingServer();
    const gateway = await platform.gateway({
      SUBGRAPH_URLS: JSON.stringify({ orders: platform.orders.url, people: people.url }),
      STOP_GRACE_MS: '100',
      SUBGRAPH_TIMEOUT_MS: '600000',
    });
    const asked = ask(gateway.url, '{ person(id: "p1") { name } }', bearer(platform.token)).catch(() => 'cut');
    await people.arrived;
    await gateway.stop();
    expect(await asked).toBe('cut');
    await people.left;
    await people.stop();
  });
});

/** Whether the address takes no connection any more; asked until it does not. */
async function refusedConnection(address: string): Promise<boolean> {
  for (;;) {
    const isOpen = await fetch(`${address}/health/live`, { headers: { connection: 'close' } }).then(
      () => true,
      () => false,
    );
    if (!isOpen) return true;
  }
}

/** As it stands, without fetch's own tidying of the path. */
function rawGet(path: string): Promise<{ status: number | undefined; body: string }> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    httpRequest({ hostname, port, path }, (response) => {
      text(response).then((body) => resolve({ status: response.statusCode, body }), reject);
    })
      .once('error', reject)
      .end();
  });
}
