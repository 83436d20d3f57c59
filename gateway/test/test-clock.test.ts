import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { aPlatform, type GraphqlError, type Platform } from './a-gateway.ts';
import { aServer, bodyOf, type Listening } from './a-server.ts';

/** A service as the clock sees one: the four addresses of the contract, and one timer a day. */
type FakeService = Listening & { now: string; due: string[]; ran: string[] };

async function aTimedService(): Promise<FakeService> {
  const state: FakeService = {
    now: '',
    due: [],
    ran: [],
    ...(await aServer((request, response) => {
      const answer = async (): Promise<object> => {
        const { pathname, searchParams } = new URL(request.url ?? '', 'http://x');
        const body = (await bodyOf(request)) || '{}';
        if (`${request.method} ${pathname}` === 'POST /_test/clock')
          state.now = (JSON.parse(body) as { set: string }).set;
        if (pathname === '/_test/clock') return { now: state.now };
        if (pathname === '/_test/timers')
          return { earliest: state.due.find((due) => due <= (searchParams.get('until') ?? '')) ?? null };
        if (pathname === '/_test/quiet') return { quiet: true, lastFact: 0 };
        const ran = state.due.filter((due) => due <= state.now);
        state.due = state.due.filter((due) => due > state.now);
        state.ran.push(...ran);
        return { timersRun: ran.length };
      };
      void answer().then((body) => response.end(JSON.stringify(body)));
    })),
  };
  return state;
}

let platform: Platform;
let orders: FakeService;
let people: FakeService;
let url: string;
beforeAll(async () => {
  platform = await aPlatform();
  [orders, people] = await Promise.all([aTimedService(), aTimedService()]);
  const urls = JSON.stringify({ orders: orders.url, people: people.url });
  ({ url } = await platform.gateway({ STEWARD_FAKE_CLOCK: '1', SUBGRAPH_URLS: urls }));
});
beforeEach(() => {
  for (const service of [orders, people]) Object.assign(service, { now: '2026-01-31T08:00:00.000Z', due: [], ran: [] });
});
afterAll(async () => {
  await platform.stop();
  await Promise.all([orders.stop(), people.stop()]);
});

const move = async (
  body: unknown,
  at = url,
): Promise<{ status: number; body: { errors?: GraphqlError[]; now?: string } }> => {
  const response = await fetch(`${at}/_test/clock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'accept-language': 'en' },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as { errors?: GraphqlError[]; now?: string } };
};

test('"set" moves every service and says how many timers ran', async () => {
  orders.due = ['2026-02-01T00:00:00.000Z', '2026-02-03T00:00:00.000Z'];
  people.due = ['2026-02-02T00:00:00.000Z'];
  const { status, body } = await move({ set: '2026-02-02T12:00:00+08:00' });
  expect([status, body]).toEqual([200, { now: '2026-02-02T04:00:00.000Z', timersRun: 2 }]);
  expect([orders.ran, people.ran]).toEqual([['2026-02-01T00:00:00.000Z'], ['2026-02-02T00:00:00.000Z']]);
  expect([orders.now, people.now]).toEqual(['2026-02-02T04:00:00.000Z', '2026-02-02T04:00:00.000Z']);
});

test.each([
  ['PT15M', '2026-01-31T08:15:00.000Z'],
  ['P1M', '2026-02-28T08:00:00.000Z'],
  ['P1Y2DT3H', '2027-02-02T11:00:00.000Z'],
  ['PT0S', '2026-01-31T08:00:00.000Z'],
])('"advance" by %s ends at %s', async (advance, now) => {
  expect((await move({ advance })).body).toEqual({ now, timersRun: 0 });
});

describe('refused', () => {
  const input: [string, unknown][] = [
    ['nothing', {}],
    ['both', { set: '2026-03-01T00:00:00Z', advance: 'PT1S' }],
    ['no instant', { set: 'tomorrow' }],
    ['no duration', { advance: '1 day' }],
    ['no object', null],
    ['a day without an offset', { set: '2026-03-01T00:00:00' }],
  ];

  test.each(input)('%s', async (_name, body) => {
    const answer = await move(body);
    expect(answer.status).toBe(400);
    expect(answer.body.errors?.[0]?.extensions['reason']).toMatch(/^(CLOCK_INPUT_INVALID|BODY_INVALID)$/);
  });

  test.each([{ set: '2026-01-31T07:59:59.999Z' }, { advance: '-PT1S' }])('backwards: %j', async (body) => {
    const answer = await move(body);
    expect(answer.status).toBe(400);
    expect(answer.body.errors).toMatchObject([
      {
        message: 'The clock stands at 2026-01-31T08:00:00.000Z and cannot go back.',
        extensions: { code: 'BAD_USER_INPUT', reason: 'CLOCK_BACKWARDS' },
      },
    ]);
    expect([orders.now, people.now]).toEqual(['2026-01-31T08:00:00.000Z', '2026-01-31T08:00:00.000Z']);
  });

  test('a service that has no clock to move, by its name alone', async () => {
    const urls = JSON.stringify({ orders: orders.url, people: platform.people.url });
    const gateway = await platform.gateway({ STEWARD_FAKE_CLOCK: '1', SUBGRAPH_URLS: urls });
    const { status, body } = await move({ advance: 'PT1S' }, gateway.url);
    expect(status).toBe(503);
    expect(body.errors?.[0]?.message).toContain('The service people cannot be reached');
  });
});

test('there is no clock to move without STEWARD_FAKE_CLOCK', async () => {
  const gateway = await platform.gateway();
  expect((await move({ advance: 'PT1S' }, gateway.url)).status).toBe(404);
});
