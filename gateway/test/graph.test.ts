import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { createIdentityVerifier, IDENTITY_HEADER, type Viewer } from '@steward/auth';
import type { IncomingHttpHeaders } from 'node:http';
import { aPlatform, ask, bearer, identityKey, issuerKey, type Answer, type Platform } from './a-gateway.ts';
import { aToken, clerkClaims } from './an-issuer.ts';

let platform: Platform;
let url: string;
beforeAll(async () => {
  platform = await aPlatform();
  ({ url } = await platform.gateway());
});
afterAll(() => platform.stop());
beforeEach(() => {
  platform.orders.calls.length = 0;
  platform.people.calls.length = 0;
});

const query = '{ orders { id assignee { id name } } }';
const asClerk = (source: string, headers = {}): Promise<Answer> =>
  ask(url, source, { ...bearer(platform.token), ...headers });

const viewerFrom = async (headers: IncomingHttpHeaders | undefined, audience: string): Promise<Viewer> => {
  const verify = createIdentityVerifier({ publicKeys: identityKey.publicKeys, audience });
  return verify(headers?.[IDENTITY_HEADER] as string | undefined);
};

test('one query is answered by two services', async () => {
  const { status, body } = await asClerk(query);
  expect(status).toBe(200);
  expect(body).toEqual({
    data: {
      orders: [
        { id: '1', assignee: { id: 'p1', name: 'Ma' } },
        { id: '2', assignee: { id: 'p2', name: 'He' } },
      ],
    },
  });
});

test('a mutation reaches its service and reads on through the graph', async () => {
  const { body } = await asClerk('mutation { touch(id: "1") { title assignee { name } } }');
  expect(body).toEqual({ data: { touch: { title: 'tap', assignee: { name: 'Ma' } } } });
});

test('each service gets the viewer signed for itself alone, and never the token of the user', async () => {
  await asClerk(query, { cookie: 'session=1' });
  const [toOrders] = platform.orders.calls;
  const [toPeople] = platform.people.calls;
  const viewer = { sub: 'user-1', ...clerkClaims };
  expect(await viewerFrom(toOrders, 'orders')).toEqual({ ...viewer, audience: 'orders' });
  expect(await viewerFrom(toPeople, 'people')).toEqual({ ...viewer, audience: 'people' });
  await expect(viewerFrom(toOrders, 'people')).rejects.toMatchObject({ reason: 'IDENTITY_INVALID' });
  for (const headers of [toOrders, toPeople]) {
    expect(headers).not.toHaveProperty('authorization');
    expect(headers).not.toHaveProperty('cookie');
    expect(JSON.stringify(headers)).not.toContain(platform.token);
  }
});

test('an identity of the caller is not passed on', async () => {
  const foreign = 'x.y.z';
  await asClerk(query, { [IDENTITY_HEADER]: foreign });
  expect(platform.orders.calls[0]?.[IDENTITY_HEADER]).not.toBe(foreign);
  expect(await viewerFrom(platform.orders.calls[0], 'orders')).toMatchObject({ sub: 'user-1' });
});

test('the identity is signed once for a viewer and service, not for each call', async () => {
  await asClerk(query);
  await asClerk(query);
  const tokens = new Set(platform.orders.calls.map((headers) => headers[IDENTITY_HEADER]));
  expect(tokens.size).toBe(1);
  await ask(url, query, bearer(await aToken(issuerKey, { sub: 'user-2' })));
  expect(platform.orders.calls.at(-1)?.[IDENTITY_HEADER]).not.toBe(platform.orders.calls[0]?.[IDENTITY_HEADER]);
});

test('language and trace are passed on, each call a span of its own', async () => {
  const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
  await asClerk(query, { traceparent: `00-${traceId}-00f067aa0ba902b7-01`, 'accept-language': 'en-GB,zh;q=0.5' });
  const calls = [...platform.orders.calls, ...platform.people.calls];
  expect(calls.map((headers) => headers['accept-language'])).toEqual(['en-GB,zh;q=0.5', 'en-GB,zh;q=0.5']);
  const spans = calls.map(({ traceparent = '' }) => /^00-([0-9a-f]{32})-([0-9a-f]{16})-01$/.exec(String(traceparent)));
  expect(spans.map((span) => span?.[1])).toEqual([traceId, traceId]);
  expect(new Set([...spans.map((span) => span?.[2]), '00f067aa0ba902b7']).size).toBe(3);
});

test.each(['nonsense', '00-00000000000000000000000000000000-00f067aa0ba902b7-01'])(
  'a trace that does not fit (%s) is replaced',
  async (traceparent) => {
    await asClerk(query, { traceparent });
    expect(platform.orders.calls[0]?.['traceparent']).toMatch(/^00-(?!0{32})[0-9a-f]{32}-[0-9a-f]{16}-01$/);
  },
);

test('a reference to what is not there, in a field that must be, is a typed error and not silence', async () => {
  const { body } = await asClerk('{ strictOrder { id assignee { name } } }');
  expect(body.data).toEqual({ strictOrder: null });
  expect(body.errors).toEqual([
    {
      message: 'What this refers to does not exist or is not visible to you.',
      path: ['strictOrder', 'assignee', 'name'],
      extensions: { code: 'NOT_FOUND', reason: 'ENTITY_NOT_FOUND', traceId: expect.stringMatching(/^[0-9a-f]{32}$/) },
    },
  ]);
});
