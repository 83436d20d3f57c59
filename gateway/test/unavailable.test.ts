import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { aPlatform, ask, bearer, type Answer, type Platform } from './a-gateway.ts';
import {
  aCannedServer,
  aDeadAddress,
  aHoldingServer,
  aHungServer,
  aServer,
  bodyOf,
  type Listening,
} from './a-server.ts';

let platform: Platform;
const servers: Listening[] = [];
beforeAll(async () => {
  platform = await aPlatform();
});
afterEach(() => Promise.all(servers.splice(0).map((server) => server.stop())));
afterAll(() => platform.stop());

const kept = async (server: Promise<Listening>): Promise<string> => {
  servers.push(await server);
  return (await server).url;
};

/** A gateway whose service `people` is at this address. */
async function withPeopleAt(
  people: string,
  env: NodeJS.ProcessEnv = {},
): Promise<(query: string, language?: string) => Promise<Answer>> {
  const { url } = await platform.gateway({
    SUBGRAPH_URLS: JSON.stringify({ orders: platform.orders.url, people }),
    ...env,
  });
  return (query, language = 'en') => ask(url, query, { ...bearer(platform.token), 'accept-language': language });
}

const query = '{ orders { id assignee { id name } } }';
const partial = { orders: [1, 2].map((n) => ({ id: `${n}`, assignee: null })) };

const cases: [string, () => Promise<string>][] = [
  ['dead', aDeadAddress],
  ['hung', () => kept(aHungServer())],
  ['slamming the door', () => kept(aServer((request) => request.socket.destroy()))],
  [
    'behind a proxy that answers HTML',
    () => kept(aCannedServer(502, 'text/html', '<h1>Bad Gateway nginx/1.2 10.0.0.1</h1>')),
  ],
  [
    'answering JSON that is not GraphQL',
    () => kept(aCannedServer(500, 'application/json', '{"error":"at /app/src/main.ts"}')),
  ],
  [
    'sending half an answer',
    () =>
      kept(
        aServer(
          (_request, response) =>
            void response.writeHead(200, { 'content-length': 99 }).write('{"da', () => response.destroy()),
        ),
      ),
  ],
];

describe.each(cases)('a service that is %s', (_name, start) => {
  test('costs its own fields, and is named without its address', async () => {
    const address = await start();
    const asClerk = await withPeopleAt(address, { SUBGRAPH_TIMEOUTS_MS: '{"people":200}' });
    const { status, body } = await asClerk(query);
    expect(status).toBe(200);
    expect(body.data).toEqual(partial);
    expect(body.errors).toEqual([
      {
        message: 'The service people cannot be reached at the moment; what it answers is missing.',
        extensions: {
          code: 'UNAVAILABLE',
          reason: 'SUBGRAPH_UNAVAILABLE',
          traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
        },
      },
    ]);
    expect(JSON.stringify(body)).not.toMatch(/127\.0\.0\.1|nginx|app\/src|ECONN|localhost/);
    expect(JSON.stringify(body)).not.toContain(new URL(address).port);
  });

  test('leaves the other services alone, and is told in Chinese', async () => {
    const asClerk = await withPeopleAt(await start(), { SUBGRAPH_TIMEOUTS_MS: '{"people":200}' });
    expect((await asClerk('{ orders { title } }')).body).toEqual({
      data: { orders: [{ title: 'tap' }, { title: 'lift' }] },
    });
    const { body } = await asClerk('{ person(id: "p1") { name } }', 'zh-CN');
    expect(body.data).toEqual({ person: null });
    expect(body.errors?.[0]?.message).toBe('服务 people 暂时不可用,其数据未返回。');
  });
});

test('several fetches from a dead service make one error', async () => {
  const asClerk = await withPeopleAt(await aDeadAddress());
  const { body } = await asClerk(
    '{ a: orders { assignee { name } } b: order(id: "1") { assignee { name } } person(id: "p1") { name } }',
  );
  expect(body.errors?.map((error) => error.extensions['reason'])).toEqual(['SUBGRAPH_UNAVAILABLE']);
});

test('a hung service is given up at its time, not at the default', async () => {
  const asClerk = await withPeopleAt(await kept(aHungServer()), {
    SUBGRAPH_TIMEOUT_MS: '60000',
    SUBGRAPH_TIMEOUTS_MS: '{"people":150}',
  });
  const start = performance.now();
  await asClerk('{ person(id: "p1") { name } }');
  const took = performance.now() - start;
  expect(took).toBeGreaterThanOrEqual(140);
  expect(took).toBeLessThan(5_000);
});

describe('a connection that breaks before the answer', () => {
  /** Breaks the first connection, then answers. */
  async function aFlakyService(): Promise<{ url: string; asked: string[] }> {
    const asked: string[] = [];
    const url = await kept(
      aServer((request, response) => {
        const answer = async (): Promise<void> => {
          asked.push((JSON.parse(await bodyOf(request)) as { query: string }).query);
          if (asked.length === 1) return void request.socket.resetAndDestroy();
          response.writeHead(200, { 'content-type': 'application/json' });
          response.end('{"data":{"person":{"name":"Ma"},"touch":{"title":"x"}}}');
        };
        void answer();
      }),
    );
    return { url, asked };
  }

  test('is tried once more for a query', async () => {
    const { url, asked } = await aFlakyService();
    const asClerk = await withPeopleAt(url);
    expect((await asClerk('{ person(id: "p1") { name } }')).body).toEqual({ data: { person: { name: 'Ma' } } });
    expect(asked).toHaveLength(2);
  });

  test('is never repeated for a mutation, which may have been carried out', async () => {
    const { url: orders, asked } = await aFlakyService();
    const { url } = await platform.gateway({ SUBGRAPH_URLS: JSON.stringify({ orders, people: platform.people.url }) });
    const { body } = await ask(url, 'mutation { touch(id: "1") { title } }', bearer(platform.token));
    expect(body.errors?.[0]?.extensions['reason']).toBe('SUBGRAPH_UNAVAILABLE');
    expect(asked).toHaveLength(1);
  });
});

test('a client that leaves takes its query along', async () => {
  const people = await aHoldingServer();
  servers.push(people);
  const { url } = await platform.gateway({
    SUBGRAPH_URLS: JSON.stringify({ orders: platform.orders.url, people: people.url }),
  });
  const leave = new AbortController();
  const answer = fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...bearer(platform.token) },
    body: JSON.stringify({ query: '{ person(id: "p1") { name } }' }),
    signal: leave.signal,
  });
  await people.arrived;
  leave.abort();
  await expect(answer).rejects.toThrow(/aborted/);
  await people.left;
});
