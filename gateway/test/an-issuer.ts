import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK, type JWTPayload } from 'jose';
import { aServer, type Listening } from './a-server.ts';

export const ISSUER = 'https://issuer.example';
export const AUDIENCE = 'steward';

export const ids = {
  tenant: '01930000-0000-7000-8000-000000000001',
  community: '01930000-0000-7000-8000-000000000010',
  staff: '01930000-0000-7000-8000-000000000020',
};

export const clerkClaims = {
  tenantId: ids.tenant,
  actor: 'staff',
  staffId: ids.staff,
  roles: ['clerk'],
  departments: ['CUSTOMER_SERVICE'],
  communityIds: [ids.community],
};

export type Algorithm = 'RS256' | 'ES256' | 'EdDSA';
export type IssuerKey = { kid: string; alg: string; privateKey: CryptoKey; publicJwk: JWK };

export async function aKey(kid: string, alg: string): Promise<IssuerKey> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return { kid, alg, privateKey, publicJwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } };
}

/** An OpenID Connect provider as far as the gateway sees one: its published keys. */
export async function anIssuer(keys: IssuerKey[]): Promise<Listening & { jwksUrl: string }> {
  const server = await aServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ keys: keys.map(({ publicJwk }) => publicJwk) }));
  });
  return { ...server, jwksUrl: `${server.url}/jwks` };
}

const seconds = (): number => Math.floor(Date.now() / 1_000);

/** The payload of a good token; tests spoil single claims. */
export const aPayload = (overrides: JWTPayload = {}): JWTPayload => ({
  iss: ISSUER,
  aud: AUDIENCE,
  sub: 'user-1',
  iat: seconds(),
  exp: seconds() + 600,
  steward: clerkClaims,
  ...overrides,
});

export const aToken = (key: IssuerKey, overrides: JWTPayload = {}): Promise<string> =>
  new SignJWT(aPayload(overrides)).setProtectedHeader({ alg: key.alg, kid: key.kid, typ: 'JWT' }).sign(key.privateKey);

export { seconds };
