import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { looksInternal } from '../src/leaks.ts';
import { aPlatform, ask, bearer, type Answer, type Platform } from './a-gateway.ts';
import { aSubgraphSaying, type Listening } from './a-server.ts';

let platform: Platform;
let url: string;
const servers: Listening[] = [];
beforeAll(async () => {
  platform = await aPlatform();
  ({ url } = await platform.gateway());
});
afterEach(() => Promise.all(servers.splice(0).map((server) => server.stop())));
afterAll(() => platform.stop());

const asClerk = (query: string, language = 'en', at = url): Promise<Answer> =>
  ask(at, query, { ...bearer(platform.token), 'accept-language': language });
const traceId = expect.stringMatching(/^[0-9a-f]{32}$/);
const masked = {
  message: expect.stringMatching(/^Something went wrong on our side\. Give the trace id [0-9a-f]{32} /),
  extensions: { code: 'INTERNAL', reason: 'INTERNAL', traceId },
};

/** What a gateway makes of a service `orders` that answers exactly this. */
async function answerTo(said: object, status = 200): Promise<Answer> {
  const orders = await aSubgraphSaying(said, status);
  servers.push(orders);
  const gateway = await platform.gateway({
    SUBGRAPH_URLS: JSON.stringify({ orders: orders.url, people: platform.people.url }),
  });
  return asClerk('{ boom }', 'en', gateway.url);
}

test('a typed refusal passes with what clients may read, and nothing else', async () => {
  const { body } = await asClerk('{ refuse orders { id } }');
  expect(body).toEqual({
    data: { refuse: null, orders: [{ id: '1' }, { id: '2' }] },
    errors: [
      {
        message: 'somebody else changed it',
        path: ['refuse'],
        extensions: {
          code: 'CONFLICT',
          reason: 'STALE_VERSION',
          rule: 'A094',
          violations: [{ path: 'input.x', reason: 'STALE_VERSION', rule: 'A094', message: 'changed meanwhile' }],
          traceId,
        },
      },
    ],
  });
});

test('an unforeseen error of a service is masked; the trace id is that of the request', async () => {
  const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
  const { body } = await ask(url, '{ boom orders { id } }', {
    ...bearer(platform.token),
    traceparent: `00-${trace}-00f067aa0ba902b7-01`,
  });
  expect(body.data).toEqual({ boom: null, orders: [{ id: '1' }, { id: '2' }] });
  expect(body.errors).toEqual([{ ...masked, path: ['boom'], extensions: { ...masked.extensions, traceId: trace } }]);
  expect(body.errors?.[0]?.message).toContain(trace);
});

test('a masked error in Chinese', async () => {
  const { body } = await asClerk('{ boom }', 'zh-CN');
  expect(body.errors?.[0]?.message).toMatch(/^系统出现错误,报告问题时请提供跟踪编号 [0-9a-f]{32}。$/);
});

test("a service that refuses our identity is our fault, not the user's", async () => {
  const { body } = await asClerk('{ notOurs }');
  expect(body.errors).toEqual([{ ...masked, path: ['notOurs'] }]);
});

describe('nothing of the inside leaks through', () => {
  const typed = { code: 'CONFLICT', reason: 'STALE_VERSION' };
  const leaky: [string, object][] = [
    ['a stack in the message of a typed error', { message: 'no\n    at run (/app/src/a.ts:1:2)', extensions: typed }],
    [
      'a host in a violation',
      { message: 'no', extensions: { ...typed, violations: [{ reason: 'X', message: 'db.internal:5432 is down' }] } },
    ],
    ['SQL in the message', { message: 'SELECT phone FROM person', extensions: typed }],
    ['a reason that is prose', { message: 'no', extensions: { ...typed, reason: 'connect ECONNREFUSED' } }],
    ['a code of its own', { message: 'no', extensions: { ...typed, code: 'ER_DUP_ENTRY' } }],
    ['a rule that is prose', { message: 'no', extensions: { ...typed, rule: '/etc/passwd' } }],
    ['an error without extensions', { message: 'relation "work_order" does not exist' }],
    ['an error that is no object', 'panic' as unknown as object],
    ['an error that is null', null as unknown as object],
  ];

  test.each(leaky)('%s', async (_name, error) => {
    const { body } = await answerTo({ data: { boom: null }, errors: [error] });
    expect(body).toEqual({ data: { boom: null }, errors: [masked] });
  });

  test('extensions of the answer itself', async () => {
    const { body } = await answerTo({ data: { boom: 'x' }, extensions: { host: '10.0.0.1', tracing: {} } });
    expect(body).toEqual({ data: { boom: 'x' } });
  });

  test('an answer whose data is not what was asked for', async () => {
    const { body } = await answerTo({ data: 'SELECT 1' });
    expect(JSON.stringify(body)).not.toContain('SELECT');
  });
});

test.each([
  ['the clock stands at 09:30', false],
  ['每天 08:00-12:00,13:30 起', false],
  ['WX-20260301-0042 is closed since 2026-03-01T08:30:00.000Z', false],
  ['select a unit from the list', false],
  ['入住/装修/报修 and/or both', false],
  ['A094: reported to the director', false],
  ['connect ECONNREFUSED 127.0.0.1:5432', true],
  ['see http://work-orders/graphql', true],
  ['postgres:5432 refused', true],
  ['at Object.<anonymous> (file.ts:1:2)', true],
  ['open "/var/lib/data"', true],
  ['insert into person (name) values ($1)', true],
  ['duplicate key violates constraint "person_pkey"', true],
])('%s', (text, isLeak) => {
  expect(looksInternal(text)).toBe(isLeak);
});

describe('faults of the request are told as such', () => {
  test.each([
    ['{ orders {', 'GRAPHQL_PARSE_FAILED', 400],
    ['{ ordrs { id } }', 'GRAPHQL_VALIDATION_FAILED', 400],
    ['query ($x: Int) { refuse(x: $x) }', 'VARIABLES_INVALID', 400],
    ['query A { boom } query B { boom }', 'OPERATION_NOT_CHOSEN', 400],
    [`{ ${'a: boom '.repeat(6_000)} }`, 'OPERATION_TOO_LARGE', 400],
  ])('%.40s', async (query, reason, status) => {
    const answer = await ask(url, query, bearer(platform.token), { x: 'not a number' });
    expect(answer.status).toBe(status);
    expect(answer.body.errors?.[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT', reason, traceId });
  });
});
