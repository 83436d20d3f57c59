import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { DEADLINE_HEADER } from '@steward/core';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { createRetryBudget } from '../src/retry-budget.ts';
import { aPlatform, ask, bearer, type Answer, type Platform } from './a-gateway.ts';
import { aDeadAddress, aHungServer, aServer, bodyOf, type Listening } from './a-server.ts';

let platform: Platform;
const servers: Listening[] = [];
beforeAll(async () => {
  platform = await aPlatform();
});
afterEach(() => Promise.all(servers.splice(0).map((server) => server.stop())));
afterAll(() => platform.stop());

const kept = async <S extends Listening>(server: Promise<S>): Promise<S> => {
  servers.push(await server);
  return server;
};

const jsonAnswer = '{"data":{"person":{"name":"Ma"}}}';
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

const health = async (url: string): Promise<unknown> => (await fetch(`${url}/health/ready`)).json();

describe('the deadline of a request', () => {
  const query = '{ orders { id assignee { id name } } }';

  /** How long an answer took, and how long after a timer of the same length: a busy machine is late with both. */
  async function timed(milliseconds: number, work: () => Promise<Answer>) {
    const start = performance.now();
    const timer = pause(milliseconds).then(() => performance.now());
    const answer = await work();
    const end = performance.now();
    return { answer, took: end - start, late: end - (await timer) };
  }

  test('is kept to 100 ms though a service takes the call and never answers, and the data of others is kept', async () => {
    const asClerk = await withPeopleAt((await kept(aHungServer())).url, { REQUEST_DEADLINE_MS: '1500' });
    await asClerk('{ orders { id } }');
    const tries = [];
    for (let left = 5; left > 0; left -= 1) tries.push(await timed(1_500, () => asClerk(query)));
    for (const { took, answer } of tries) {
      expect(answer.status).toBe(200);
      expect(reasonsOf(answer)).toEqual(['DEADLINE_EXCEEDED']);
      expect(answer.body.errors?.[0]?.message).toContain('people');
      expect(answer.body.data).toEqual({ orders: [1, 2].map((n) => ({ id: `${n}`, assignee: null })) });
      expect(took).toBeGreaterThanOrEqual(1_490);
      // That it ends at all; how near to its time is said of most of them.
      expect(took).toBeLessThan(10_000);
    }
    expect(tries.filter(({ late }) => late < 100).length).toBeGreaterThan(tries.length / 2);
  });

  test('may be shorter by a header, never longer', async () => {
    const { url } = await kept(aHungServer());
    const patient = await withPeopleAt(url, { REQUEST_DEADLINE_MS: '600000' });
    await patient('{ orders { id } }');
    expect(reasonsOf(await patient(person, { [DEADLINE_HEADER]: '300' }))).toEqual(['DEADLINE_EXCEEDED']);
    const hasty = await withPeopleAt(url, { REQUEST_DEADLINE_MS: '2000' });
    expect(reasonsOf(await hasty(person, { [DEADLINE_HEADER]: '600000' }))).toEqual(['DEADLINE_EXCEEDED']);
  });

  test('is passed on to services as what is left of it', async () => {
    platform.orders.calls.length = 0;
    const asClerk = await withPeopleAt(platform.people.url);
    await asClerk('{ orders { id } }', { [DEADLINE_HEADER]: '5000' });
    const told = Number(platform.orders.calls[0]?.[DEADLINE_HEADER]);
    expect(told).toBeGreaterThan(1_000);
    expect(told).toBeLessThanOrEqual(4_950);
  });

  test.each(['0', '-5', '1e9', 'soon', '1.5'])('a header that says no time (%s) is refused', async (header) => {
    const answer = await (await withPeopleAt(platform.people.url))(person, { [DEADLINE_HEADER]: header });
    expect([answer.status, reasonsOf(answer)]).toEqual([400, ['DEADLINE_INVALID']]);
  });

  test('holds for the identity provider too: its keys are not waited for longer', async () => {
    const OIDC_JWKS_URL = `${(await kept(aHungServer())).url}/jwks`;
    const asClerk = await withPeopleAt(platform.people.url, { OIDC_JWKS_URL });
    const { late, answer } = await timed(150, () => asClerk(person, { [DEADLINE_HEADER]: '150' }));
    expect([answer.status, reasonsOf(answer)]).toEqual([503, ['IDENTITY_PROVIDER_UNAVAILABLE']]);
    // Less than the five seconds that the provider itself is waited for.
    expect(late).toBeLessThan(4_000);
  });

  test('holds for the body too: one that does not come is not waited for', async () => {
    const { url } = await withPeopleAt(platform.people.url, { REQUEST_DEADLINE_MS: '200' });
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    socket.write('POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 99\r\n\r\n{');
    const said = await text(socket);
    expect(said).toMatch(/^HTTP\/1\.1 408 /);
    expect(said).toContain('BODY_LATE');
  });
});

describe('the circuit to a service', () => {
  /** Answers what it is told to. */
  async function aService() {
    const state = { asked: 0, status: 200, body: jsonAnswer, hangs: false };
    const server = await kept(
      aServer((request, response) => {
        request.resume();
        if (request.url !== '/graphql') return void response.end('{}');
        state.asked += 1;
        if (state.hangs) return;
        response.writeHead(state.status, { 'content-type': 'application/json' }).end(state.body);
      }),
    );
    return Object.assign(state, { url: server.url });
  }

  const internal = '{"errors":[{"message":"x","extensions":{"code":"INTERNAL","reason":"INTERNAL"}}]}';

  test.each([
    ['errors of the server', { status: 502, body: jsonAnswer }],
    ['INTERNAL errors', { body: internal }],
    ['timeouts', { hangs: true }],
  ])('opens with the tenth of %s, and the service is not asked any more while others are', async (_name, ill) => {
    const service = Object.assign(await aService(), ill);
    const asClerk = await withPeopleAt(service.url, {
      SUBGRAPH_TIMEOUTS_MS: '{"people":100}',
      BREAKER_OPEN_MS: '600000',
    });
    for (let left = 9; left > 0; left -= 1) await asClerk(person);
    expect(await health(asClerk.url)).not.toHaveProperty('circuits');
    await asClerk(person);
    expect(await health(asClerk.url)).toMatchObject({ circuits: { people: 'open' } });
    const { asked } = service;
    expect(reasonsOf(await asClerk(person))).toEqual(['SUBGRAPH_UNAVAILABLE']);
    expect(service.asked).toBe(asked);
    expect((await asClerk('{ orders { id } }')).body).not.toHaveProperty('errors');
  });

  test('closes when the one call that tries the service has succeeded, and opens again when it has not', async () => {
    const service = Object.assign(await aService(), { status: 502 });
    const asClerk = await withPeopleAt(service.url, { BREAKER_OPEN_MS: '1' });
    for (let left = 10; left > 0; left -= 1) await asClerk(person);
    await asClerk(person);
    expect(await health(asClerk.url)).toMatchObject({ circuits: { people: 'open' } });
    service.status = 200;
    expect((await asClerk(person)).body).not.toHaveProperty('errors');
    expect(await health(asClerk.url)).not.toHaveProperty('circuits');
    expect(service.asked).toBe(12);
  });

  test.each(['25', '1100'])('is not opened by a client that gives services less time (%s ms)', async (milliseconds) => {
    const service = Object.assign(await aService(), { hangs: true });
    const asClerk = await withPeopleAt(service.url);
    const hasty = { [DEADLINE_HEADER]: milliseconds };
    await Promise.all(Array.from({ length: 15 }, () => asClerk(person, hasty)));
    expect(await health(asClerk.url)).not.toHaveProperty('circuits');
    service.hangs = false;
    expect((await asClerk(person)).body).toEqual({ data: { person: { name: 'Ma' } } });
  });
});

describe('retries', () => {
  /** Breaks every connection for as long as it is told to. */
  async function aBreakingService(breaks: number) {
    const asked: string[] = [];
    const { url } = await kept(
      aServer((request, response) => {
        const answer = async (): Promise<void> => {
          asked.push(await bodyOf(request));
          if (asked.length <= breaks) return void request.socket.resetAndDestroy();
          response.writeHead(200, { 'content-type': 'application/json' });
          response.end('{"data":{"person":{"name":"Ma"},"touch":{"title":"x"},"keyed":{"title":"x"}}}');
        };
        void answer();
      }),
    );
    return { url, asked };
  }

  test('of queries are paid from a budget: nine breaks cost at most the reserve', async () => {
    const { url, asked } = await aBreakingService(Infinity);
    const asClerk = await withPeopleAt(url);
    const start = performance.now();
    for (let left = 9; left > 0; left -= 1) expect(reasonsOf(await asClerk(person))).toEqual(['SUBGRAPH_UNAVAILABLE']);
    expect(asked.length).toBeGreaterThan(9);
    const cameBack = (performance.now() - start) / 1_000;
    expect(asked.length).toBeLessThanOrEqual(9 + 11 + cameBack);
  });

  test('are a tenth of the calls and a reserve, which comes back by one a second', () => {
    let now = 0;
    const { earn, take } = createRetryBudget(() => now);
    const taken = (): number => Array.from({ length: 100 }, take).filter(Boolean).length;
    expect(taken()).toBe(10);
    for (let calls = 51; calls > 0; calls -= 1) earn();
    expect(taken()).toBe(5);
    now += 3_000;
    expect(taken()).toBe(3);
    now += 3_600_000;
    expect(taken()).toBe(10);
    for (let calls = 10_000; calls > 0; calls -= 1) earn();
    expect(taken()).toBe(50);
  });

  test('of mutations happen when every command has an idempotency key', async () => {
    const { url: orders, asked } = await aBreakingService(1);
    const { url } = await platform.gateway({ SUBGRAPH_URLS: JSON.stringify({ orders, people: platform.people.url }) });
    const keyed = 'mutation($input: TouchInput!) { keyed(input: $input) { title } }';
    const input = { id: '1', idempotencyKey: 'key-12345' };
    const answer = await ask(url, keyed, bearer(platform.token), { input });
    expect(answer.body).toEqual({ data: { keyed: { title: 'x' } } });
    expect(asked).toHaveLength(2);
    expect(asked[1]).toBe(asked[0]);
  });

  test('of mutations do not happen without one', async () => {
    const { url: orders, asked } = await aBreakingService(1);
    const { url } = await platform.gateway({ SUBGRAPH_URLS: JSON.stringify({ orders, people: platform.people.url }) });
    const keyed = 'mutation($input: TouchInput!) { keyed(input: $input) { title } }';
    const answer = await ask(url, keyed, bearer(platform.token), { input: { id: '1' } });
    expect(reasonsOf(answer)).toEqual(['SUBGRAPH_UNAVAILABLE']);
    expect(asked).toHaveLength(1);
  });

  test('of anything happen when nobody listened, so that nothing was sent; and are counted', async () => {
    const metrics = await freeOne();
    const SUBGRAPH_URLS = JSON.stringify({ orders: await aDeadAddress(), people: platform.people.url });
    const { url } = await platform.gateway({ SUBGRAPH_URLS, METRICS_PORT: metrics.port });
    await ask(url, 'mutation { touch(id: "1") { title } }', bearer(platform.token));
    const shown = await (await fetch(`${metrics.url}/metrics`)).text();
    expect(shown).toContain('steward_gateway_retries_total{service="orders"} 2');
    expect(shown).toContain('steward_gateway_calls_total{service="orders",outcome="notSent"} 1');
    expect(shown).toContain('steward_gateway_circuit_state{service="orders"} 0');
    expect((await fetch(`${metrics.url}/`)).status).toBe(404);
    expect((await fetch(`${url}/metrics`)).status).toBe(404);
  });

  async function freeOne(): Promise<{ url: string; port: string }> {
    const url = await aDeadAddress();
    return { url, port: new URL(url).port };
  }
});
