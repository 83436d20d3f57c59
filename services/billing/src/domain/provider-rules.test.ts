import { describe, expect, it } from '@jest/globals';
import type { DomainError } from '@steward/core';

import { checkProviderSettings, compareDay, type ProviderSettings } from './provider-rules.ts';

const settings: ProviderSettings = {
  merchantId: '1600000001',
  serialNumber: '5F0A77B1',
  privateKey: '-----BEGIN PRIVATE KEY-----\nx',
  apiKey: '0123456789abcdef0123456789abcdef',
  apiOrigin: 'https://api.mch.weixin.qq.com',
  notifyOrigin: 'https://steward.example',
};

const malformed = (overrides: Partial<ProviderSettings>, isProduction = false): unknown => {
  try {
    checkProviderSettings({ ...settings, ...overrides }, isProduction);
    return null;
  } catch (error) {
    return (error as DomainError).params['field'];
  }
};

describe('checkProviderSettings', () => {
  it('takes the provider and a simulated one on this machine, and no other address', () => {
    expect(malformed({})).toBeNull();
    expect(malformed({ apiOrigin: 'http://127.0.0.1:40123' })).toBeNull();
    for (const apiOrigin of ['http://api.mch.weixin.qq.com', 'https://evil.example', 'http://127.0.0.1:1@evil.example'])
      expect(malformed({ apiOrigin })).toBe('apiOrigin');
    expect(malformed({ notifyOrigin: 'http://steward.example' })).toBe('notifyOrigin');
  });
  it('takes nothing on the machine itself in production', () => {
    expect(malformed({}, true)).toBeNull();
    expect(malformed({ apiOrigin: 'http://127.0.0.1:5432' }, true)).toBe('apiOrigin');
    expect(malformed({ notifyOrigin: 'http://127.0.0.1:8080' }, true)).toBe('notifyOrigin');
  });
  it('takes keys of the right form only', () => {
    expect(malformed({ apiKey: 'short' })).toBe('apiKey');
    expect(malformed({ privateKey: 'x' })).toBe('privateKey');
    expect(malformed({ merchantId: 'x' })).toBe('merchantId');
    expect(malformed({ serialNumber: 'xyz' })).toBe('serialNumber');
  });
});

describe('compareDay', () => {
  it('finds what one side has and the other not, and what differs', () => {
    const ours = [
      { number: 'A', amount: 100 },
      { number: 'B', amount: 200 },
      { number: 'R', amount: -50 },
    ];
    expect(compareDay(ours, ours)).toEqual([]);
    const theirs = [
      { number: 'A', amount: 100 },
      { number: 'R', amount: -40 },
      { number: 'C', amount: 7 },
    ];
    expect(compareDay(ours, theirs)).toEqual([
      { reason: 'AMOUNT', number: 'R', ours: -50, theirs: -40 },
      { reason: 'NOT_OURS', number: 'C', ours: 0, theirs: 7 },
      { reason: 'NOT_THEIRS', number: 'B', ours: 200, theirs: 0 },
    ]);
  });
});
