import { describe, expect, test } from '@jest/globals';
import { DomainError } from '@steward/core';
import { decodeJwt, importJWK, SignJWT, UnsecuredJWT, type JWTPayload } from 'jose';
import { createIdentityVerifier, generateIdentityKey, signIdentity, systemViewer, type Viewer } from '../src/index.ts';
import { aResident, aViewer, ids } from './a-viewer.ts';

const key = await generateIdentityKey();
const next = await generateIdentityKey();
const sign = (viewer: Viewer, using = key, audience = 'work-orders') =>
  signIdentity(viewer, using.privateKey, { kid: using.kid, audience });
const verifier = createIdentityVerifier({ publicKeys: key.publicKeys, audience: 'work-orders' });

const refusalOf = (token: string | undefined): Promise<DomainError> =>
  verifier(token).then(
    () => Promise.reject(new Error('was accepted')),
    (error: unknown) => (error instanceof DomainError ? error : Promise.reject(error)),
  );

test.each([aViewer(), aResident(), aViewer({ communityIds: 'all', roles: ['director', 'supervisor'] })])(
  'what was signed is what is read',
  async (viewer) => {
    expect(await verifier(await sign(viewer))).toEqual(viewer);
  },
);

test('an identity lasts 60 seconds', async () => {
  const { iat = 0, exp } = decodeJwt(await sign(aViewer()));
  expect(exp).toBe(iat + 60);
});

test('the reader gets the audience it verified, and cannot write to what others share', async () => {
  const token = await sign(aViewer({ audience: 'somewhere' }));
  const viewer = await verifier(token);
  expect(viewer.audience).toBe('work-orders');
  expect(() => viewer.roles.push('director')).toThrow(TypeError);
  expect(await verifier(token)).toBe(viewer);
});

test('keys rotate: old and new are both read while both are published', async () => {
  const both = createIdentityVerifier({
    publicKeys: { keys: [...next.publicKeys.keys, ...key.publicKeys.keys] },
    audience: 'work-orders',
  });
  expect(await both(await sign(aViewer(), key))).toEqual(aViewer());
  expect(await both(await sign(aViewer(), next))).toEqual(aViewer());
});

test('a system viewer is never signed', async () => {
  await expect(sign(systemViewer(ids.tenant, 'work-orders'))).rejects.toThrow(TypeError);
});

describe('refused as IDENTITY_INVALID', () => {
  const seconds = () => Math.floor(Date.now() / 1_000);
  const { sub: _sub, audience: _aud, ...claims } = aViewer();
  const body = (overrides: JWTPayload = {}): JWTPayload => ({
    ...claims,
    sub: 'somebody',
    iss: 'steward-gateway',
    aud: 'work-orders',
    iat: seconds(),
    exp: seconds() + 60,
    ...overrides,
  });
  const forge = async (payload: JWTPayload, header: { typ?: string; kid?: string } = {}) =>
    new SignJWT(payload)
      .setProtectedHeader({ alg: 'EdDSA', typ: 'steward-identity+jwt', kid: key.kid, ...header })
      .sign(await importJWK(key.privateKey));
  const publicBytes = new TextEncoder().encode(JSON.stringify(key.publicKeys.keys[0]));

  const cases: [string, () => Promise<string>][] = [
    ['another audience', () => sign(aViewer(), key, 'billing')],
    ['an unknown key', () => sign(aViewer(), next)],
    ['a key that claims a known kid', () => sign(aViewer(), { ...next, kid: key.kid })],
    ['expired', () => forge(body({ iat: seconds() - 61, exp: seconds() - 1 }))],
    ['a life of more than 60 s', () => forge(body({ exp: seconds() + 3_600 }))],
    ['no expiry', () => forge(body({ exp: undefined }))],
    ['another issuer', () => forge(body({ iss: 'https://issuer.example' }))],
    ['a type that is not an identity', () => forge(body(), { typ: 'JWT' })],
    ['an actor of system', () => forge(body({ actor: 'system' }))],
    ['an unknown role', () => forge(body({ roles: ['emperor'] }))],
    ['staff without a staffId', () => forge(body({ staffId: undefined }))],
    ['no subject', () => forge(body({ sub: undefined }))],
    ['alg none', () => Promise.resolve(new UnsecuredJWT(body()).encode())],
    [
      'HS256 with the public key as the secret',
      () =>
        new SignJWT(body())
          .setProtectedHeader({ alg: 'HS256', typ: 'steward-identity+jwt', kid: key.kid })
          .sign(publicBytes),
    ],
    ['an altered body', async () => alter(await sign(aViewer()))],
    ['no token at all', () => Promise.resolve('x.y.z')],
  ];

  test('while the untouched forgery is accepted', async () => {
    expect(await verifier(await forge(body()))).toEqual(aViewer());
  });

  test.each(cases)('%s', async (_name, make) => {
    expect(await refusalOf(await make())).toMatchObject({ code: 'UNAUTHENTICATED', reason: 'IDENTITY_INVALID' });
  });
});

test.each([undefined, ''])('a missing identity is IDENTITY_REQUIRED', async (token) => {
  expect(await refusalOf(token)).toMatchObject({ code: 'UNAUTHENTICATED', reason: 'IDENTITY_REQUIRED' });
});

function alter(token: string): string {
  const [header, body = '', signature] = token.split('.');
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as Record<string, unknown>;
  const raised = Buffer.from(JSON.stringify({ ...claims, roles: ['director'] })).toString('base64url');
  return [header, raised, signature].join('.');
}
