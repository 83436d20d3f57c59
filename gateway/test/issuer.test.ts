import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { eventuallyHolds } from '@steward/test-kit/eventually';
import { aPlatform, ask, bearer, issuerKey, type Platform } from './a-gateway.ts';
import { aServer } from './a-server.ts';
import { aKey, aToken } from './an-issuer.ts';

let platform: Platform;
beforeAll(async () => {
  platform = await aPlatform();
});
const realNow = Date.now;
afterEach(() => {
  Date.now = realNow;
});
afterAll(() => platform.stop());

/** From now on it is so many minutes later; a token's own times are read from another clock. */
function laterBy(minutes: number): void {
  Date.now = () => realNow() + minutes * 60_000;
}

const query = '{ orders { id } }';

/** An issuer whose keys change and which can go away. */
async function aCountedIssuer() {
  const state = { keys: [issuerKey], asked: 0, isAway: false };
  const server = await aServer((request, response) => {
    state.asked += 1;
    if (state.isAway) return void request.socket.destroy();
    const keys = state.keys.map(({ publicJwk }) => publicJwk);
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ keys }));
  });
  return { state, ...server, jwksUrl: `${server.url}/jwks` };
}

test('while the provider is away, tokens of the keys that are known go on', async () => {
  const issuer = await aCountedIssuer();
  const { url } = await platform.gateway({ OIDC_JWKS_URL: issuer.jwksUrl });
  expect((await ask(url, query, bearer(await aToken(issuerKey)))).status).toBe(200);
  issuer.state.isAway = true;
  expect((await ask(url, query, bearer(await aToken(issuerKey, { sub: 'user-2' })))).status).toBe(200);
  await issuer.stop();
});

test('keys of any age serve while the provider is away, and what it has withdrawn goes when it is back', async () => {
  const issuer = await aCountedIssuer();
  const { url } = await platform.gateway({ OIDC_JWKS_URL: issuer.jwksUrl });
  let subs = 0;
  const statusNow = async (): Promise<number> =>
    (await ask(url, query, bearer(await aToken(issuerKey, { sub: `aged-${(subs += 1)}` })))).status;
  expect(await statusNow()).toBe(200);
  issuer.state.isAway = true;
  for (const minutes of [11, 60, 1_440]) {
    laterBy(minutes);
    expect(await statusNow()).toBe(200);
    laterBy(0);
  }
  Object.assign(issuer.state, { isAway: false, keys: [await aKey('key-2', 'ES256')] });
  laterBy(1_500);
  await eventuallyHolds(async () => expect(await statusNow()).toBe(401));
  await issuer.stop();
});

test('a flood of unknown keys asks the provider once, and whoever has a known one is served meanwhile', async () => {
  const issuer = await aCountedIssuer();
  const { url } = await platform.gateway({ OIDC_JWKS_URL: issuer.jwksUrl });
  expect((await ask(url, query, bearer(await aToken(issuerKey)))).status).toBe(200);
  const stranger = await aKey('key-0', 'ES256');
  const flood = await Promise.all(
    Array.from({ length: 200 }, async (_, index) => {
      const token = await aToken({ ...stranger, kid: `unknown-${index}` });
      return (await ask(url, query, bearer(token))).status;
    }),
  );
  expect(new Set(flood)).toEqual(new Set([401]));
  expect(issuer.state.asked).toBeLessThanOrEqual(2);
  expect((await ask(url, query, bearer(await aToken(issuerKey, { sub: 'user-3' })))).status).toBe(200);
  await issuer.stop();
});

test('nothing of the schema is told in production: by __type, by suggestions, by faults of variables', async () => {
  const { url } = await platform.gateway({ NODE_ENV: 'production' });
  const told = async (text: string, variables?: object) =>
    JSON.stringify((await ask(url, text, bearer(platform.token), variables)).body);
  expect(await told('{ __type(name: "Order") { fields { name } } }')).not.toContain('title');
  expect(await told('{ a: __type(name: "Order") { name } orders { id } }')).not.toContain('"name"');
  expect(await told('{ orders { titel } }')).not.toMatch(/did you mean|title/i);
  expect(await told('{ order(ide: "1") { id } }')).not.toMatch(/did you mean|"id"/i);
  expect(await told('{ orders { ...on Ordr { id } } }')).not.toMatch(/did you mean|"Order"/i);
  expect(await told('query ($x: Itn) { refuse(x: $x) }', { x: 1 })).not.toMatch(/did you mean|"Int"/i);
  expect(await told('{ order { title } }')).not.toMatch(/"id\\"|ID!/);
  expect(await told('{ orders }')).not.toContain('Order!');
  expect(await told('{ boom { x } }')).not.toContain('String');
  expect(await told('{ orders { titel } }')).not.toContain('Order');
  expect(await told('{ refuse(x: "one") }')).not.toContain('Int');
  expect(await told('query ($y: String) { refuse(x: $y) }')).not.toContain('Int');
  const keyed = 'mutation ($input: TouchInput!) { keyed(input: $input) { title } }';
  expect(await told(keyed, { input: {} })).not.toMatch(/"id\\"|ID!/);
  expect(await told(keyed, { input: { id: '1', x: 1 } })).toContain('$input');
  expect(await told('{ orders { titel } }')).toContain('titel');
  expect(await told('mutation { tuch(id: "1") { id } }')).not.toMatch(/did you mean|"touch"/i);
});
