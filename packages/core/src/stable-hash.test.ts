import { expect, test } from '@jest/globals';

import { stableHash } from './stable-hash.ts';

// Samples drawn years ago are drawn again by it, so its numbers are those that its authors published.
test.each([
  ['', 0x811c9dc5],
  ['a', 0xe40c292c],
  ['foobar', 0xbf9cf968],
])('%p is hashed as FNV-1a does', (text, expected) => {
  expect(stableHash(text)).toBe(expected);
});
