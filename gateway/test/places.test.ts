import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { eventuallyHolds } from '@steward/test-kit/eventually';
import { aPlatform, ask, bearer, issuerKey, type Answer, type Platform } from './a-gateway.ts';
import { aHoldingServer, aServer, aSubgraphSaying, type Listening } from './a-server.ts';
import { aToken } from './an-issuer.ts';

let platform: Platform;
const servers: Listening[] = [];
const sockets: Socket[] = [];
beforeAll(async () => {
  platform = await aPlatform();
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});
afterAll(() => platform.stop());

const kept = async <S extends Listening>(server: Promise<S>): Promise<S> => {
  servers.push(await server);
  return server;
};

const person = '{ person(id: "p1") { name } }';
const reasonsOf = ({ body }: Answer): unknown => body.errors?.map(({ extensions }) => extensions['reason']);

/** A gateway whose service `people` is at this address. */
async function withPeopleAt(people: string, env: NodeJS.ProcessEnv = {}) {
  const urls = JSON.stringify({ orders: platform.orders.url, people });
  const { url } = await platform.gateway({ SUBGRAPH_URLS: urls, ...env });
  const asking = (query: string, headers: Record<string, string> = {}, variables?: object): Promise<Answer> =>
    ask(url, query, { ...bearer(platform.token), ...headers }, variables);
  return Object.assign(asking, { url });
}

/** A connection that sends what it is told, as no client of ours would. */
function rawTo(url: string): Socket {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  sockets.push(socket);
  return socket;
}

/** What comes until it holds these words. */
async function until(socket: Socket, words: string): Promise<string> {
  let said = '';
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    said += String(chunk);
    if (said.includes(words)) return said;
  }
  return said;
}

const headOf = (target: string, length: number, headers: Record<string, string> = {}): string =>
  [
    `POST ${target} HTTP/1.1`,
    'host: x',
    'content-type: application/json',
    `content-length: ${length}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    '\r\n',
  ].join('\r\n');

describe('what is counted', () => {
  test.each(['http://x/graphql', 'http://x/graphql?a=b', '/graphql\\#', '/graphql#', '*'])(
    'is counted by its path, so that the target %s, which hides it, is refused',
    async (target) => {
      platform.orders.calls.length = 0;
      const { url } = await platform.gateway();
      const body = JSON.stringify({ query: '{ orders { id } }' });
      const socket = rawTo(url);
      socket.write(headOf(target, body.length, { ...bearer(platform.token), connection: 'close' }) + body);
      expect(await text(socket)).toMatch(/^HTTP\/1\.1 404 [^]*ROUTE_NOT_FOUND/);
      expect(platform.orders.calls).toEqual([]);
    },
  );

  test('is nobody unknown: in production the token is looked at before anything of the body has come', async () => {
    const { url } = await platform.gateway({ NODE_ENV: 'production', REQUEST_DEADLINE_MS: '2000' });
    for (const [headers, reason] of [
      [{}, 'TOKEN_REQUIRED'],
      [{ authorization: 'Bearer a.b.c' }, 'TOKEN_INVALID'],
    ] as const) {
      const socket = rawTo(url);
      socket.write(headOf('/graphql', 4_000_000, headers));
      const said = await until(socket, reason);
      expect(said).toMatch(/^HTTP\/1\.1 401 [^]*www-authenticate: Bearer/i);
      expect(said).toContain(reason);
    }
  });

  test('is no request whose body is still on its way: it has its place when the body is there', async () => {
    const { url } = await platform.gateway({ REQUESTS_UNDER_WAY: '1', REQUESTS_WAITING: '0' });
    const body = JSON.stringify({ query: '{ orders { id } }' });
    const socket = rawTo(url);
    socket.write(headOf('/graphql', body.length, { ...bearer(platform.token), expect: '100-continue' }));
    expect(await until(socket, 'Continue')).toContain('100 Continue');
    await eventuallyHolds(async () => {
      const answer = await ask(url, '{ orders { id } }', bearer(platform.token));
      expect(answer.body).toEqual({ data: { orders: [{ id: '1' }, { id: '2' }] } });
    });
    socket.write(body);
    expect(await until(socket, 'orders')).toMatch(/HTTP\/1\.1 200 [^]*"orders":\[/);
  });

  test('is what one client has under way, so that others are served', async () => {
    const people = await kept(aHoldingServer());
    const asClerk = await withPeopleAt(people.url, { REQUESTS_PER_CLIENT: '1' });
    const first = asClerk(person);
    await people.arrived;
    const refused = await asClerk('{ orders { id } }');
    expect([refused.status, reasonsOf(refused)]).toEqual([503, ['OVERLOADED']]);
    const other = bearer(await aToken(issuerKey, { sub: 'somebody-else' }));
    expect((await ask(asClerk.url, '{ orders { id } }', other)).status).toBe(200);
    people.answer({ data: { person: { name: 'Ma' } } });
    await first;
    await eventuallyHolds(async () => expect((await asClerk('{ orders { id } }')).status).toBe(200));
  });

  test('is no longer an answer that nobody reads', async () => {
    const people = await kept(aSubgraphSaying({ data: { person: { name: 'x'.repeat(20_000_000) } } }));
    const bounds = { REQUESTS_UNDER_WAY: '1', REQUESTS_WAITING: '0', REQUEST_DEADLINE_MS: '3000' };
    const asClerk = await withPeopleAt(people.url, { ...bounds, ANSWER_TIMEOUT_MS: '200' });
    const body = JSON.stringify({ query: person });
    const socket = rawTo(asClerk.url);
    socket.pause();
    socket.write(headOf('/graphql', body.length, bearer(platform.token)) + body);
    const statuses = new Set<number>();
    await eventuallyHolds(async () => {
      statuses.add((await asClerk('{ orders { id } }')).status);
      expect(statuses).toContain(503);
    });
    await eventuallyHolds(async () => expect((await asClerk('{ orders { id } }')).status).toBe(200));
  });
});

test('a body that is chunked and never ends is counted by what has come, and refused with the bytes', async () => {
  const { url } = await platform.gateway({ REQUESTS_UNDER_WAY: '2', BODY_TIMEOUT_MS: '600000' });
  const pad = 'x'.repeat(400_000);
  const openTo = (): Socket => {
    const socket = rawTo(url);
    const head = headOf('/graphql', 0, bearer(platform.token)).replace(
      'content-length: 0',
      'transfer-encoding: chunked',
    );
    socket.write(`${head}${pad.length.toString(16)}\r\n${pad}\r\n`);
    return socket;
  };
  const [first, second] = [openTo(), openTo()];
  const said = await Promise.race([until(first, 'OVERLOADED'), until(second, 'OVERLOADED')]);
  expect(said).toMatch(/^HTTP\/1\.1 503 /);
});

test('asking often whether all is ready asks the services once', async () => {
  let asked = 0;
  const people = await kept(
    aServer((_request, response) => {
      asked += 1;
      response.end('{}');
    }),
  );
  const asClerk = await withPeopleAt(people.url);
  const states = await Promise.all(Array.from({ length: 50 }, () => fetch(`${asClerk.url}/health/ready`)));
  expect(new Set(states.map(({ status }) => status))).toEqual(new Set([200]));
  // Twice where a second passes meanwhile.
  expect(asked).toBeLessThanOrEqual(3);
});

describe('too much at once', () => {
  test('for one service is refused within a second, and other services do not notice', async () => {
    const people = await kept(aHoldingServer());
    const asClerk = await withPeopleAt(people.url, { SUBGRAPH_CALLS_UNDER_WAY: '1', SUBGRAPH_WAIT_MS: '100' });
    const first = asClerk(person);
    await people.arrived;
    const start = performance.now();
    expect(reasonsOf(await asClerk(person))).toEqual(['SUBGRAPH_UNAVAILABLE']);
    // Far from the ten seconds of the deadline; how busy the machine is does not matter.
    expect(performance.now() - start).toBeLessThan(5_000);
    expect((await asClerk('{ orders { id } }')).body).not.toHaveProperty('errors');
    people.answer({ data: { person: { name: 'Ma' } } });
    expect((await first).body).toEqual({ data: { person: { name: 'Ma' } } });
  });

  test('for the gateway is refused before a token is looked at, with the time to wait; what waited its turn is answered', async () => {
    const people = await kept(aHoldingServer());
    const bounds = { REQUESTS_UNDER_WAY: '1', REQUESTS_WAITING: '1', REQUESTS_WAIT_MS: '60000' };
    const asClerk = await withPeopleAt(people.url, bounds);
    const first = asClerk(person);
    await people.arrived;
    const further = [1, 2].map(() => ask(asClerk.url, person, bearer('no.token.atall')));
    // One of them waits for the first to end, whichever came earlier.
    const refused = await Promise.race(further);
    expect([refused.status, reasonsOf(refused)]).toEqual([503, ['OVERLOADED']]);
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(refused.body.errors?.[0]?.extensions).toMatchObject({ code: 'UNAVAILABLE' });
    expect((await fetch(`${asClerk.url}/health/live`)).status).toBe(200);
    people.answer({ data: { person: { name: 'Ma' } } });
    expect((await first).body).toEqual({ data: { person: { name: 'Ma' } } });
    expect((await Promise.all(further)).map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([401, 503]);
    expect((await asClerk('{ orders { id } }')).body).not.toHaveProperty('errors');
  });

  test('is also what bodies hold together: a large one is refused while another is under way', async () => {
    const people = await kept(aHoldingServer());
    const asClerk = await withPeopleAt(people.url, { REQUESTS_UNDER_WAY: '3' });
    const large = { unused: 'x'.repeat(600_000) };
    const first = asClerk(person, {}, large);
    await people.arrived;
    expect((await asClerk('{ orders { id } }', {}, large)).status).toBe(503);
    expect((await asClerk('{ orders { id } }')).status).toBe(200);
    people.answer({ data: { person: { name: 'Ma' } } });
    await first;
    expect((await asClerk('{ orders { id } }', {}, large)).status).toBe(200);
  });
});
