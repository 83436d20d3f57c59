import { viewerClaims, type Viewer } from '@steward/auth';
import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { RefusalError } from './refusal.ts';

/** Signatures of public keys only: with these, a public key can never serve as a shared secret. */
const ALGORITHMS = ['RS256', 'ES256', 'EdDSA'];
const CLOCK_TOLERANCE_SECONDS = 5;
/** How long the provider's keys are waited for. */
const KEYS_MS = 5_000;
const CACHED_TOKENS = 2_000;
/** The provider is asked again for keys that are older than this, and after a failure so much later. */
const KEYS_FRESH_MS = 600_000;
const ASK_AGAIN_MS = 10_000;
/** A token already verified is believed this long, so that a withdrawn key stops working soon. */
const BELIEVED_MS = 60_000;

/** `withinMs` is how long the provider is waited for when its keys have to be asked for. */
export type Authenticate = (authorization: string | undefined, withinMs?: number) => Promise<Viewer | undefined>;
type Options = { issuer: string; audience: string; jwksUrl: string };

/**
 * Reads the viewer from `Authorization: Bearer`; undefined without the header. The same token gives the same viewer
 * object for a while, which is what identities are cached by. Real time throughout, whatever the fake clock says.
 */
export function createAuthenticator({ issuer, audience, jwksUrl }: Options): Authenticate {
  const keys = openKeys(jwksUrl);
  const known = new Map<string, { viewer: Viewer; until: number }>();
  return async (authorization, withinMs = KEYS_MS) => {
    if (authorization === undefined) return undefined;
    const token = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization.trim())?.[1];
    if (token === undefined) throw invalid();
    const hit = known.get(token);
    if (hit !== undefined && Date.now() < hit.until) return hit.viewer;
    known.delete(token);
    const payload = await within(withinMs, verify(token, keys, { issuer, audience }));
    const viewer = viewerOf(payload);
    if (known.size >= CACHED_TOKENS) known.delete(known.keys().next().value ?? '');
    known.set(token, { viewer, until: Math.min(Date.now() + BELIEVED_MS, (payload.exp ?? 0) * 1_000) });
    return viewer;
  };
}

/**
 * The provider's keys. Old ones serve on while new ones are asked for, however long the provider is away; what it has
 * withdrawn goes with the next answer.
 */
function openKeys(jwksUrl: string): JWTVerifyGetKey {
  const keys = createRemoteJWKSet(new URL(jwksUrl), {
    timeoutDuration: KEYS_MS,
    cooldownDuration: 10_000,
    cacheMaxAge: Infinity,
  });
  let askAt = Date.now() + KEYS_FRESH_MS;
  const askAgain = async (): Promise<void> => {
    askAt = Date.now() + ASK_AGAIN_MS;
    await keys.reload();
    askAt = Date.now() + KEYS_FRESH_MS;
  };
  return (header, token) => {
    if (Date.now() >= askAt && keys.jwks() !== undefined) askAgain().catch(() => undefined);
    return keys(header, token);
  };
}

async function verify(
  token: string,
  keys: JWTVerifyGetKey,
  expected: { issuer: string; audience: string },
): Promise<JWTPayload> {
  try {
    const options = {
      ...expected,
      algorithms: ALGORITHMS,
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      requiredClaims: ['sub', 'exp'],
    };
    return (await jwtVerify(token, keys, options)).payload;
  } catch (error) {
    if (error instanceof errors.JWTExpired) throw unauthenticated('TOKEN_EXPIRED', 'invalid_token');
    if (isOutage(error)) throw providerAway();
    throw invalid();
  }
}

const providerAway = (): RefusalError =>
  new RefusalError({ code: 'UNAVAILABLE', reason: 'IDENTITY_PROVIDER_UNAVAILABLE' }, { status: 503 });

/** A request whose deadline is nearer than the provider's answer is told so in time. */
async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(providerAway()), Math.max(1, milliseconds));
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The provider's keys could not be had, so nothing can be said of the token. */
function isOutage(error: unknown): boolean {
  if (!(error instanceof errors.JOSEError)) return true;
  return error instanceof errors.JWKSTimeout || error.code === 'ERR_JOSE_GENERIC';
}

function viewerOf({ sub = '', steward }: JWTPayload): Viewer {
  const claims = viewerClaims.safeParse(steward);
  if (!claims.success || sub === '') throw invalid();
  return { sub, ...claims.data, audience: 'gateway' };
}

const unauthenticated = (reason: string, challenge?: string): RefusalError =>
  new RefusalError(
    { code: 'UNAUTHENTICATED', reason },
    {
      status: 401,
      headers: { 'www-authenticate': challenge === undefined ? 'Bearer' : `Bearer error="${challenge}"` },
    },
  );

const invalid = (): RefusalError => unauthenticated('TOKEN_INVALID', 'invalid_token');

export const tokenRequired = (): RefusalError => unauthenticated('TOKEN_REQUIRED');
