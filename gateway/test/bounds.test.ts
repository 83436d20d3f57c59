import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { aPlatform, ask, bearer, issuerKey, type Answer, type Platform } from './a-gateway.ts';
import { aToken } from './an-issuer.ts';

let platform: Platform;
let url: string;
beforeAll(async () => {
  platform = await aPlatform();
  ({ url } = await platform.gateway({ COST_LIMIT: '25' }));
});
afterAll(() => platform.stop());

const asking = (query: string, headers: Record<string, string> = {}, at = url): Promise<Answer> =>
  ask(at, query, { ...bearer(platform.token), ...headers });
const refusalOf = ({ status, body }: Answer): unknown => [status, body.errors?.[0]?.extensions['reason']];
const costOf = async (query: string): Promise<unknown> => {
  const { body } = await asking(query, { 'x-steward-cost': 'include' });
  return (body as { extensions?: { cost?: { requested: number } } }).extensions?.cost?.requested;
};

describe('size', () => {
  test.each([
    ['aliases', `{ orders { ${Array.from({ length: 101 }, (_, i) => `a${i}: title`).join(' ')} } }`],
    ['depth', `${'{ orders '.repeat(21)}${'}'.repeat(21)}`],
    ['directives', `{ orders { id ${'@skip(if: false) '.repeat(51)} } }`],
    ['characters', `{ orders { id } } #${'x'.repeat(100_000)}`],
  ])('too many %s are refused before any service is asked, in words that name the limit', async (limit, query) => {
    platform.orders.calls.length = 0;
    const answer = await asking(query);
    expect(refusalOf(answer)).toEqual([400, 'OPERATION_TOO_LARGE']);
    expect(answer.body.errors?.[0]?.message).toContain(limit);
    expect(platform.orders.calls).toEqual([]);
  });

  test('a GET is bounded like a POST', async () => {
    const query = `{ orders { ${'id '.repeat(1_001)} } }`;
    const response = await fetch(`${url}/graphql?query=${encodeURIComponent(query)}`, {
      headers: { ...bearer(platform.token), 'apollo-require-preflight': '1' },
    });
    expect(response.status).toBe(400);
  });
});

describe('cost', () => {
  test.each([
    ['an object', '{ person(id: "p1") { id name } }', 1],
    ['a list without first counts ten times', '{ orders { id title } }', 10],
    ['what is below a list counts as often', '{ orders { id assignee { id } } }', 20],
    ['a mutation', 'mutation { touch(id: "1") { id } }', 11],
    ['a fragment where it is spread', '{ orders { ...o } } fragment o on Order { assignee { id } }', 20],
    ['leaves are free', '{ boom }', 0],
  ])('%s', async (_name, query, cost) => {
    expect(await costOf(query)).toBe(cost);
  });

  test('is not told unasked', async () => {
    expect((await asking('{ orders { id } }')).body).not.toHaveProperty('extensions');
  });

  test('beyond the limit is refused with both figures before any service is asked', async () => {
    platform.orders.calls.length = 0;
    const answer = await asking('{ a: orders { assignee { id } } b: orders { id } }');
    expect(refusalOf(answer)).toEqual([400, 'OPERATION_TOO_COSTLY']);
    expect(answer.body.errors?.[0]?.message).toMatch(/30.*25/);
    expect(platform.orders.calls).toEqual([]);
  });
});

describe('the budget of a client', () => {
  test('ends in 429 with the time to wait, for that client alone', async () => {
    const { url: poor } = await platform.gateway({ COST_PER_MINUTE: '80' });
    const spend = (token = platform.token): Promise<Answer> =>
      ask(poor, '{ orders { id } }', { ...bearer(token), 'x-steward-cost': 'include' });
    const first = await spend();
    // Its 17 characters cost 17 to read, and 34 to plan, which is done afterwards and once.
    expect(first.body).toMatchObject({ extensions: { cost: { requested: 10, left: 53 } } });
    expect((await spend()).body).toMatchObject({ extensions: { cost: { requested: 10, left: 9 } } });
    const third = await spend();
    expect(refusalOf(third)).toEqual([429, 'BUDGET_SPENT']);
    expect(third.body.errors?.[0]?.extensions['code']).toBe('RATE_LIMITED');
    expect(Number(third.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await spend(await aToken(issuerKey, { sub: 'somebody-else' }))).status).toBe(200);
  });

  test('pays for each operation that has to be planned', async () => {
    const { url: poor } = await platform.gateway({ COST_PER_MINUTE: '100' });
    const statuses: number[] = [];
    for (const name of ['a', 'a', 'b', 'b', 'c']) {
      const answer = await ask(poor, `query ${name} { boom }`, bearer(platform.token));
      statuses.push(answer.status);
    }
    expect(statuses).toEqual([200, 200, 200, 200, 429]);
  });

  test.each([
    ['cannot be read', `{ ${'a '.repeat(500)}`],
    ['do not fit the schema', `{ ${'a '.repeat(500)} }`],
    ['are too large', `{ ${'a '.repeat(1_500)} }`],
  ])('pays for operations that %s, before the next is looked at', async (_name, query) => {
    const { url: poor } = await platform.gateway({ COST_PER_MINUTE: '2500' });
    const statuses = new Set<number>();
    for (let left = 5; left > 0; left -= 1) statuses.add((await ask(poor, query, bearer(platform.token))).status);
    expect(statuses).toEqual(new Set([400, 429]));
  });
});
