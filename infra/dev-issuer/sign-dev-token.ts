import type { ViewerClaims } from '@steward/auth';
import { SignJWT, type JWK } from 'jose';
import { DEV_AUDIENCE, DEV_ISSUER } from './issuer.ts';

const TOKEN_HOURS = 12;

/** A user's token as any provider would sign it: standard claims, and `steward` for who the user is here. */
export async function signDevToken(
  privateKey: JWK,
  user: { sub: string; claims: ViewerClaims },
  options: { isExpired?: boolean } = {},
): Promise<string> {
  const now = Math.floor(Date.now() / 1_000);
  const issuedAt = options.isExpired === true ? now - (TOKEN_HOURS + 1) * 3_600 : now;
  return new SignJWT({ steward: user.claims })
    .setProtectedHeader({ alg: 'ES256', typ: 'JWT', kid: privateKey.kid })
    .setIssuer(DEV_ISSUER)
    .setAudience(DEV_AUDIENCE)
    .setSubject(user.sub)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + TOKEN_HOURS * 3_600)
    .sign(privateKey);
}
