import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';

import {
  baseConfig,
  ConfigError,
  type DomainError,
  FakeClock,
  interpolate,
  lineAmount,
  loadConfig,
  localeOf,
  refuseAll,
  sumMoney,
} from './index.ts';

describe('refuseAll', () => {
  test('an empty list refuses nothing', () => {
    expect(() => refuseAll([])).not.toThrow();
  });
  test('one violation gives its own reason and rule', () => {
    const refusal = catchError(() =>
      refuseAll([{ path: 'input.contactName', reason: 'FIELD_REQUIRED', rule: 'A066' }]),
    );
    expect(refusal).toMatchObject({ code: 'BAD_USER_INPUT', reason: 'FIELD_REQUIRED', rule: 'A066' });
  });
  test('several are told at once', () => {
    const refusal = catchError(() => refuseAll([{ reason: 'A' }, { reason: 'B' }])) as DomainError;
    expect([refusal.reason, refusal.violations.map(({ reason }) => reason)]).toEqual(['INVALID_INPUT', ['A', 'B']]);
  });
});

describe('localeOf', () => {
  test.each([
    [undefined, 'zh-CN'],
    ['', 'zh-CN'],
    ['en-GB,en;q=0.9', 'en'],
    ['zh-TW', 'zh-CN'],
    ['fr, en;q=0.3', 'en'],
    ['en;q=0.2, zh;q=0.8', 'zh-CN'],
    ['en;q=0', 'zh-CN'],
  ])('%p -> %s', (header, locale) => {
    expect(localeOf(header)).toBe(locale);
  });
});

describe('loadConfig', () => {
  const schema = baseConfig.extend({ A: z.string(), B: z.coerce.number().int() });
  test('every error is named at once, and no value', () => {
    const error = catchError(() => loadConfig(schema, { B: 'secret' })) as ConfigError;
    expect(error).toBeInstanceOf(ConfigError);
    expect(error.message).toMatch(/A:/);
    expect(error.message).toMatch(/B:/);
    expect(error.message).not.toMatch(/secret/);
  });
  test('a fake clock is refused in production', () => {
    expect(() => loadConfig(baseConfig, { NODE_ENV: 'production', STEWARD_FAKE_CLOCK: '1' })).toThrow(
      /STEWARD_FAKE_CLOCK/,
    );
  });
});

describe('money', () => {
  test.each([
    ['88.50', 250, 22_125],
    ['0.005', 100, 1],
    ['1.005', 100, 101],
    ['0.004', 100, 0],
  ])('%s x %i is rounded half up once', (quantity, unit, amount) => {
    expect(lineAmount(quantity, unit)).toBe(amount);
  });
  test('currencies do not mix', () => {
    expect(() => sumMoney([{ amount: 1, currency: 'USD' }], 'CNY')).toThrow(RangeError);
  });
});

test('a fake clock does not go back', () => {
  const clock = new FakeClock(new Date('2026-03-02T00:00:00Z'));
  clock.set(new Date('2026-03-03T00:00:00Z'));
  expect(() => clock.set(new Date('2026-03-02T00:00:00Z'))).toThrow(RangeError);
  expect(clock.now().toISOString()).toBe('2026-03-03T00:00:00.000Z');
});

test('an unknown placeholder stays visible', () => {
  expect(interpolate('{a} and {b}', { a: 1 })).toBe('1 and {b}');
});

function catchError(work: () => void): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}
