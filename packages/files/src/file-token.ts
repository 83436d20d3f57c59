import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * What a signed URL allows. It is the whole credential of a transfer, so it names operation, service, tenant and file:
 * a download URL cannot upload, and no URL is good for another service.
 */
export type FileGrant = { operation: 'upload' | 'download'; service: string; tenantId: string; fileId: string };

/** Keys of the URL signatures: the first one signs, all of them are accepted. */
export type SigningKeys = readonly [string, ...string[]];

const minimumLength = 32;

/**
 * Reads `FILE_SIGNING_KEY`: one secret, or `1:<secret>,2:<secret>` while a rotation lasts; the newest version signs.
 */
export function parseSigningKeys(text: string): SigningKeys {
  const keys = text.split(',').map((part) => {
    const [, version = '0', secret = ''] = /^\s*(?:(\d+):)?(\S*)\s*$/.exec(part) ?? [];
    if (secret.length < minimumLength) throw new Error(`FILE_SIGNING_KEY: each key needs ${minimumLength} characters`);
    return { version: Number(version), secret };
  });
  const [newest = '', ...older] = keys.sort((a, b) => b.version - a.version).map(({ secret }) => secret);
  return [newest, ...older];
}

const signatureOf = (payload: string, key: string): Buffer =>
  createHmac('sha256', key).update(`steward-file.${payload}`).digest();

/** An opaque URL segment that carries the grant until `expiresAt`. */
export function signFileToken(grant: FileGrant, expiresAt: Date, keys: SigningKeys): string {
  const fields = [grant.operation, grant.service, grant.tenantId, grant.fileId, String(expiresAt.getTime())];
  const payload = Buffer.from(fields.join('|')).toString('base64url');
  return `${payload}.${signatureOf(payload, keys[0]).toString('base64url')}`;
}

/** The grant of a token and whether it has run out; null for anything that none of the keys signed. */
export function readFileToken(
  token: string,
  now: Date,
  keys: SigningKeys,
): { grant: FileGrant; isExpired: boolean } | null {
  const [payload = '', signature = '', ...rest] = token.split('.');
  const given = Buffer.from(signature, 'base64url');
  const isSigned = keys.some((key) => {
    const expected = signatureOf(payload, key);
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
  if (!isSigned || rest.length > 0) return null;
  const [operation, service = '', tenantId = '', fileId = '', expires] = Buffer.from(payload, 'base64url')
    .toString()
    .split('|');
  if (operation !== 'upload' && operation !== 'download') return null;
  return { grant: { operation, service, tenantId, fileId }, isExpired: now.getTime() >= Number(expires) };
}
