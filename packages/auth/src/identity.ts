import { DomainError } from '@steward/core';
import {
  calculateJwkThumbprint,
  createLocalJWKSet,
  exportJWK,
  generateKeyPair,
  jwtVerify,
  SignJWT,
  type CryptoKey,
  type JSONWebKeySet,
  type JWK,
} from 'jose';
import { viewerClaims, type Viewer } from './viewer.ts';

/** The header that carries the identity from the gateway to a subgraph. */
export const IDENTITY_HEADER = 'x-steward-identity';
/** Real seconds, whatever the fake clock says: an identity is proof of a call in flight, not a session. */
export const IDENTITY_SECONDS = 60;

const ISSUER = 'steward-gateway';
/** Keeps a user's token from passing as an identity even if one key were used for both. */
const TYPE = 'steward-identity+jwt';
const CACHED_TOKENS = 1_000;

export type SigningOptions = { kid: string; audience: string };
export type IdentityKey = { kid: string; privateKey: JWK; publicKeys: JSONWebKeySet };

/** A fresh Ed25519 pair for signing identities; the kid is the key's thumbprint, so two keys never share one. */
export async function generateIdentityKey(): Promise<IdentityKey> {
  const pair = await generateKeyPair('EdDSA', { extractable: true });
  const publicKey = await exportJWK(pair.publicKey);
  const kid = await calculateJwkThumbprint(publicKey);
  const marks = { kid, alg: 'EdDSA', use: 'sig' };
  return {
    kid,
    privateKey: { ...(await exportJWK(pair.privateKey)), ...marks },
    publicKeys: { keys: [{ ...publicKey, ...marks }] },
  };
}

/** Signs who the viewer is for one subgraph (`audience`), good for 60 s. */
export async function signIdentity(
  viewer: Viewer,
  privateKey: CryptoKey | JWK,
  options: SigningOptions,
): Promise<string> {
  if (viewer.actor === 'system') throw new TypeError('a system viewer acts inside its own process and is never signed');
  const { sub, audience: _signedFor, ...claims } = viewer;
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'EdDSA', kid: options.kid, typ: TYPE })
    .setIssuer(ISSUER)
    .setSubject(sub)
    .setAudience(options.audience)
    .setIssuedAt()
    .setExpirationTime(`${IDENTITY_SECONDS}s`)
    .sign(privateKey);
}

export type IdentityVerifier = (token: string | undefined) => Promise<Viewer>;

/**
 * Reads the identity a gateway signed for this subgraph. `publicKeys` may hold several keys, so that a new one can be
 * handed to every subgraph before the gateway starts to sign with it. A verified token is remembered until it expires.
 */
export function createIdentityVerifier(options: { publicKeys: JSONWebKeySet; audience: string }): IdentityVerifier {
  const keys = createLocalJWKSet(options.publicKeys);
  const known = new Map<string, { viewer: Viewer; expiresAt: number }>();
  return async (token) => {
    if (token === undefined || token === '') throw new DomainError('UNAUTHENTICATED', 'IDENTITY_REQUIRED');
    const hit = known.get(token);
    if (hit !== undefined && Date.now() < hit.expiresAt) return hit.viewer;
    known.delete(token);
    const verified = await verify(token, keys, options.audience);
    if (known.size >= CACHED_TOKENS) known.delete(known.keys().next().value ?? '');
    known.set(token, verified);
    return verified.viewer;
  };
}

async function verify(token: string, keys: ReturnType<typeof createLocalJWKSet>, audience: string) {
  const refused = () => new DomainError('UNAUTHENTICATED', 'IDENTITY_INVALID');
  const { payload } = await jwtVerify(token, keys, {
    algorithms: ['EdDSA'],
    audience,
    issuer: ISSUER,
    typ: TYPE,
    requiredClaims: ['sub', 'iat', 'exp'],
  }).catch(() => {
    throw refused();
  });
  const { sub = '', iat = 0, exp = 0 } = payload;
  const claims = viewerClaims.safeParse(payload);
  if (!claims.success || sub === '' || exp - iat > IDENTITY_SECONDS) throw refused();
  return { viewer: frozen({ sub, ...claims.data, audience }), expiresAt: exp * 1_000 };
}

/** One viewer serves every request that carries its token, so nothing may write to it. */
function frozen(viewer: Viewer): Viewer {
  Object.freeze(viewer.roles);
  Object.freeze(viewer.departments);
  Object.freeze(viewer.communityIds);
  return Object.freeze(viewer);
}
