import { describe, expect, it } from '@jest/globals';
import { newId } from '@steward/core';

import { parseSigningKeys, readFileToken, signFileToken, type FileGrant } from '../src/file-token.ts';

const oldKey = 'an-old-secret-of-thirty-two-bytes-or-more';
const newKey = 'a-new-secret-of-thirty-two-bytes-or-more!';
const now = new Date('2026-03-01T08:00:00Z');
const later = new Date('2026-03-01T08:10:00Z');
const grant: FileGrant = { operation: 'upload', service: 'work-orders', tenantId: newId(), fileId: newId() };

describe('file token', () => {
  it('carries its grant until it runs out', () => {
    const keys = parseSigningKeys(oldKey);
    const token = signFileToken(grant, later, keys);
    expect(readFileToken(token, now, keys)).toEqual({ grant, isExpired: false });
    expect(readFileToken(token, new Date(later.getTime() - 1), keys)?.isExpired).toBe(false);
    expect(readFileToken(token, later, keys)?.isExpired).toBe(true);
  });

  it('is accepted through a rotation of keys and refused after it', () => {
    const before = signFileToken(grant, later, parseSigningKeys(`1:${oldKey}`));
    const during = parseSigningKeys(`1:${oldKey},2:${newKey}`);
    expect(readFileToken(before, now, during)?.grant).toEqual(grant);
    const after = parseSigningKeys(`2:${newKey}`);
    expect(readFileToken(signFileToken(grant, later, during), now, after)?.grant).toEqual(grant);
    expect(readFileToken(before, now, after)).toBeNull();
  });

  it('is refused when a single character of it is changed', () => {
    const keys = parseSigningKeys(oldKey);
    const token = signFileToken(grant, later, keys);
    // The very last character carries bits that do not belong to the signature.
    for (let at = 0; at < token.length - 1; at += 1) {
      const changed = token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1);
      expect(readFileToken(changed, now, keys)).toBeNull();
    }
  });

  it.each(['', '.', '..', 'a.b', 'a.b.c', '../../etc/passwd', '%2e%2e'])('refuses %j', (text) => {
    expect(readFileToken(text, now, parseSigningKeys(oldKey))).toBeNull();
  });

  it.each(['', 'short', `${oldKey},`, `1:${oldKey},2:short`])('does not start with the keys %j', (text) => {
    expect(() => parseSigningKeys(text)).toThrow('FILE_SIGNING_KEY');
  });
});
