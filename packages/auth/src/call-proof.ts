import { createHash, createPrivateKey, createPublicKey, randomBytes, sign, verify, type KeyObject } from 'node:crypto';
import { DomainError } from '@steward/core';
import { decodeProtectedHeader, type JSONWebKeySet, type JWK } from 'jose';
import { IDENTITY_SECONDS } from './identity.ts';

/** The header beside the identity that ties it to one call: `<unix ms>.<nonce>.<signature>`. */
export const CALL_HEADER = 'x-steward-call';

const LIFETIME_MS = IDENTITY_SECONDS * 1_000;
/** How far the gateway's clock may be ahead of the service's. */
const AHEAD_MS = 5_000;

export type CallSigner = (identity: string, body: string) => string;
export type CallVerifier = (proof: string | undefined, identity: string, body: Uint8Array) => void;

/** What is signed: the identity, which names viewer and service, and the very bytes of the body. */
const signedText = (head: string, identity: string, body: string | Uint8Array): Buffer =>
  Buffer.concat([Buffer.from(`${head}.${identity}.`), createHash('sha256').update(body).digest()]);

/** Signs one call with the key that signs identities; each call, a repeated one too, is signed anew. */
export function createCallSigner(privateKey: JWK): CallSigner {
  const key = createPrivateKey({ key: privateKey, format: 'jwk' });
  return (identity, body) => {
    const head = `${Date.now()}.${randomBytes(12).toString('base64url')}`;
    return `${head}.${sign(null, signedText(head, identity, body), key).toString('base64url')}`;
  };
}

/**
 * Refuses an identity that comes with another body than it was sent with, too late, or a second time to this process.
 * Memory holds the calls of two minutes at most.
 */
export function createCallVerifier(publicKeys: JSONWebKeySet): CallVerifier {
  const keys = new Map(
    publicKeys.keys.map((key): [string, KeyObject] => [key.kid ?? '', createPublicKey({ key, format: 'jwk' })]),
  );
  const isFirst = onceWithin(LIFETIME_MS + AHEAD_MS);
  return (proof, identity, body) => {
    const [at = '', nonce = '', signature = '', ...rest] = (proof ?? '').split('.');
    const age = Date.now() - Number(at);
    const key = keys.get(keyIdOf(identity));
    const isGood =
      rest.length === 0 &&
      /^\d{13}$/.test(at) &&
      /^[\w-]{16}$/.test(nonce) &&
      age <= LIFETIME_MS &&
      age >= -AHEAD_MS &&
      key !== undefined &&
      verify(null, signedText(`${at}.${nonce}`, identity, body), key, Buffer.from(signature, 'base64url')) &&
      isFirst(`${at}.${nonce}`);
    if (!isGood) throw new DomainError('UNAUTHENTICATED', 'IDENTITY_INVALID');
  };
}

function keyIdOf(identity: string): string {
  try {
    return decodeProtectedHeader(identity).kid ?? '';
  } catch {
    return '';
  }
}

/** Whether a word comes for the first time within `ms`; two generations, so that forgetting costs nothing per word. */
function onceWithin(ms: number): (word: string) => boolean {
  let [young, old] = [new Set<string>(), new Set<string>()];
  let turnsAt = Date.now() + ms;
  return (word) => {
    const now = Date.now();
    if (now >= turnsAt) {
      [young, old] = [new Set(), now >= turnsAt + ms ? new Set() : young];
      turnsAt = now + ms;
    }
    if (young.has(word) || old.has(word)) return false;
    young.add(word);
    return true;
  };
}
