import { describe, expect, it } from '@jest/globals';

import { matchesContentType, nameWithEnding } from '../src/file-policy.ts';

const heads = {
  'image/jpeg': Buffer.from('ffd8ffe000104a4649460001', 'hex'),
  'image/png': Buffer.from('89504e470d0a1a0a0000000d', 'hex'),
  'image/webp': Buffer.from('524946462400000057454250', 'hex'),
  'image/heic': Buffer.from('0000001866747970686569630', 'hex'),
  'application/pdf': Buffer.from('%PDF-1.7\n%'),
};

describe('content types', () => {
  it.each(Object.entries(heads))('%s is recognised by its first bytes and by no other type', (own, head) => {
    const matching = Object.keys(heads).filter((type) => matchesContentType(head, type));
    expect(matching).toEqual([own]);
  });

  it.each(['<html>', '', 'RIFF....WAVE', 'GIF89a'])('%j is none of them', (text) => {
    expect(Object.keys(heads).filter((type) => matchesContentType(Buffer.from(text), type))).toEqual([]);
  });

  it('does not know types that are not in the table', () => {
    expect(matchesContentType(Buffer.from('<svg>'), 'image/svg+xml')).toBe(false);
    expect(matchesContentType(Buffer.from('x'), 'constructor')).toBe(false);
  });

  it.each([
    ['漏水.JPG', 'image/jpeg', '漏水.JPG'],
    ['photo', 'image/png', 'photo.png'],
    ['page.html', 'image/png', 'page.html.png'],
    ['contract.pdf', 'application/pdf', 'contract.pdf'],
    ['.jpeg', 'image/jpeg', '.jpeg'],
  ])('%s as %s is saved as %s', (name, type, saved) => {
    expect(nameWithEnding(name, type)).toBe(saved);
  });
});
