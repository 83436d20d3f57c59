import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { signIdentity } from '@steward/auth';
import { exportSPKI, SignJWT, UnsecuredJWT } from 'jose';
import { createPublicKey } from 'node:crypto';
import { aPlatform, ask, bearer, identityKey, issuerKey, type Platform } from './a-gateway.ts';
import { aDeadAddress } from './a-server.ts';
import { aKey, anIssuer, aPayload, aToken, clerkClaims, ISSUER, seconds } from './an-issuer.ts';

let platform: Platform;
let url: string;
beforeAll(async () => {
  platform = await aPlatform();
  ({ url } = await platform.gateway());
});
afterAll(() => platform.stop());

const query = '{ orders { id } }';
const traceId = expect.stringMatching(/^[0-9a-f]{32}$/);
const stranger = await aKey('key-1', 'ES256');
const unknown = await aKey('key-9', 'ES256');
const publicKey = createPublicKey({ key: issuerKey.publicJwk, format: 'jwk' });

/** The public key in the forms that careless verifiers take for a shared secret. */
const publicPem = new TextEncoder().encode(await exportSPKI(publicKey));
const publicText = new TextEncoder().encode(JSON.stringify(issuerKey.publicJwk));
const hmac = (alg: string, secret: Uint8Array): Promise<string> =>
  new SignJWT(aPayload()).setProtectedHeader({ alg, kid: issuerKey.kid }).sign(secret);
const steward = (overrides: object): Promise<string> =>
  aToken(issuerKey, { steward: { ...clerkClaims, ...overrides } });

const viewer = { sub: 'user-1', ...clerkClaims, audience: 'gateway' } as Parameters<typeof signIdentity>[0];

const bad: [string, string, () => Promise<string>][] = [
  ['alg none', 'TOKEN_INVALID', async () => new UnsecuredJWT(aPayload()).encode()],
  ['alg none with a signature', 'TOKEN_INVALID', async () => `${new UnsecuredJWT(aPayload()).encode()}AAAA`],
  ['HS256 with the public key (PEM) as secret', 'TOKEN_INVALID', () => hmac('HS256', publicPem)],
  ['HS256 with the public key (JWK) as secret', 'TOKEN_INVALID', () => hmac('HS256', publicText)],
  ['HS512 with the public key as secret', 'TOKEN_INVALID', () => hmac('HS512', publicPem)],
  ['expired', 'TOKEN_EXPIRED', () => aToken(issuerKey, { exp: seconds() - 60 })],
  ['without expiry', 'TOKEN_INVALID', () => aToken(issuerKey, { exp: undefined })],
  ['not valid yet', 'TOKEN_INVALID', () => aToken(issuerKey, { nbf: seconds() + 600 })],
  ['another audience', 'TOKEN_INVALID', () => aToken(issuerKey, { aud: 'billing' })],
  ['no audience', 'TOKEN_INVALID', () => aToken(issuerKey, { aud: undefined })],
  ['another issuer', 'TOKEN_INVALID', () => aToken(issuerKey, { iss: 'https://evil.example' })],
  ['no subject', 'TOKEN_INVALID', () => aToken(issuerKey, { sub: undefined })],
  ['an unknown key', 'TOKEN_INVALID', () => aToken(unknown)],
  ['a key that claims a known kid', 'TOKEN_INVALID', () => aToken(stranger)],
  ['an altered payload', 'TOKEN_INVALID', async () => alter(await aToken(issuerKey))],
  ['no claims of ours', 'TOKEN_INVALID', () => aToken(issuerKey, { steward: undefined })],
  ['an unknown role', 'TOKEN_INVALID', () => steward({ roles: ['emperor'] })],
  ['an actor of system', 'TOKEN_INVALID', () => steward({ actor: 'system' })],
  ['a tenant that is no id', 'TOKEN_INVALID', () => steward({ tenantId: "' or 1=1" })],
  [
    'an identity meant for a service',
    'TOKEN_INVALID',
    () => signIdentity(viewer, identityKey.privateKey, { kid: identityKey.kid, audience: 'steward' }),
  ],
  ['no token at all', 'TOKEN_INVALID', async () => 'rubbish'],
];

describe.each(bad)('%s', (_name, reason, make) => {
  test(`is refused as ${reason}, in both languages, before any service is asked`, async () => {
    platform.orders.calls.length = 0;
    const token = await make();
    const english = await ask(url, query, bearer(token));
    expect(english.status).toBe(401);
    expect(english.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"');
    expect(english.body).toEqual({
      errors: [
        {
          message: expect.stringMatching(/^The token .* Sign in again\.$/),
          extensions: { code: 'UNAUTHENTICATED', reason, traceId },
        },
      ],
    });
    const chinese = await ask(url, query, { ...bearer(token), 'accept-language': 'zh-CN' });
    expect(chinese.body.errors?.[0]?.message).toMatch(/^令牌.*请重新登录。$/);
    expect(platform.orders.calls).toEqual([]);
  });
});

test.each(['Basic dXNlcjpwYXNz', 'Bearer', 'bearer  ', 'Token abc'])(
  'the header "%s" is refused',
  async (authorization) => {
    const { status, body } = await ask(url, query, { authorization });
    expect(status).toBe(401);
    expect(body.errors?.[0]?.extensions['reason']).toBe('TOKEN_INVALID');
  },
);

test.each(['RS256', 'ES256', 'EdDSA'])('a good %s token is taken', async (alg) => {
  const key = await aKey('other', alg);
  const issuer = await anIssuer([issuerKey, key]);
  const gateway = await platform.gateway({ OIDC_JWKS_URL: issuer.jwksUrl });
  expect((await ask(gateway.url, query, bearer(await aToken(key)))).status).toBe(200);
  await issuer.stop();
});

test.each(['PS256', 'ES384'])('a token of the published key is refused where %s is not on the list', async (alg) => {
  const key = await aKey('other', alg);
  const issuer = await anIssuer([key]);
  const gateway = await platform.gateway({ OIDC_JWKS_URL: issuer.jwksUrl });
  expect((await ask(gateway.url, query, bearer(await aToken(key)))).status).toBe(401);
  await issuer.stop();
});

test('a provider that cannot be reached is not the fault of the token', async () => {
  const gateway = await platform.gateway({ OIDC_JWKS_URL: `${await aDeadAddress()}/jwks` });
  const { status, body } = await ask(gateway.url, query, bearer(platform.token));
  expect(status).toBe(503);
  expect(body.errors).toEqual([
    {
      message: 'The sign-in service cannot be reached. Try again in a moment.',
      extensions: { code: 'UNAVAILABLE', reason: 'IDENTITY_PROVIDER_UNAVAILABLE', traceId },
    },
  ]);
});

describe('without a token', () => {
  const introspection = 'query { __schema { queryType { name } } ...Meta } fragment Meta on Query { __typename }';

  test.each([
    query,
    '{ __typename orders { id } }',
    'mutation { touch(id: "1") { id } }',
    '{ ...A } fragment A on Query { boom }',
  ])('%s is refused', async (source) => {
    const { status, headers, body } = await ask(url, source);
    expect(status).toBe(401);
    expect(headers.get('www-authenticate')).toBe('Bearer');
    expect(body).toEqual({
      errors: [
        {
          message: 'Sign in first: the request carries no token.',
          extensions: { code: 'UNAUTHENTICATED', reason: 'TOKEN_REQUIRED', traceId },
        },
      ],
    });
  });

  test('the schema can be read in development', async () => {
    const { status, body } = await ask(url, introspection);
    expect(status).toBe(200);
    expect(body).toEqual({ data: { __schema: { queryType: { name: 'Query' } }, __typename: 'Query' } });
  });

  test('nothing can be read in production, not even what is wrong with an operation', async () => {
    const production = await platform.gateway({ NODE_ENV: 'production' });
    for (const source of [introspection, '{ ordrs }', '{']) {
      const { status, body } = await ask(production.url, source);
      expect([status, body.errors?.[0]?.extensions['reason']]).toEqual([401, 'TOKEN_REQUIRED']);
    }
  });

  test('in production a token does not open the schema either, and nothing is suggested', async () => {
    const production = await platform.gateway({ NODE_ENV: 'production' });
    const { status, body } = await ask(production.url, introspection, bearer(platform.token));
    expect(status).toBe(400);
    expect(body.data).toBeUndefined();
    const typo = await ask(production.url, '{ ordrs { id } }', bearer(platform.token));
    expect(typo.body.errors?.[0]?.message).not.toContain('orders');
    expect((await ask(production.url, query, bearer(platform.token))).status).toBe(200);
  });
});

test('a token is judged by real time even where the clock is a fake one', async () => {
  const gateway = await platform.gateway({ STEWARD_FAKE_CLOCK: '1' });
  expect((await ask(gateway.url, query, bearer(await aToken(issuerKey, { exp: seconds() - 60 })))).status).toBe(401);
  expect((await ask(gateway.url, query, bearer(await aToken(issuerKey, { iss: ISSUER })))).status).toBe(200);
});

function alter(token: string): string {
  const [header, body = '', signature] = token.split('.');
  const payload = JSON.parse(Buffer.from(body, 'base64url').toString()) as object;
  const raised = { ...payload, steward: { ...clerkClaims, roles: ['director'] } };
  return [header, Buffer.from(JSON.stringify(raised)).toString('base64url'), signature].join('.');
}
