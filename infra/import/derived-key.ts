import { createHash } from 'node:crypto';

/**
 * The idempotency key of one call of one run: the same for every attempt to get it through, another for a call that
 * is made anew.
 */
export const derivedKey = (...parts: readonly (string | number)[]): string =>
  createHash('sha256').update(parts.join('\u0000')).digest('base64url');
