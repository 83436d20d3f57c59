import { describe, expect, test } from '@jest/globals';
import { DomainError } from './errors.ts';

import { errorFacts, isOutage } from './error-facts.ts';

const databaseError = (code: string, changes: object = {}): Error =>
  Object.assign(new Error('Key (phone)=(13800000000) already exists'), { code, ...changes });

describe('what is kept of an error', () => {
  test('is the reason of a refusal', () => {
    expect(errorFacts(new DomainError('CONFLICT', 'STALE_VERSION'))).toEqual({
      error: 'STALE_VERSION',
      code: 'CONFLICT',
    });
  });

  test('is the code and the constraint of a database error, wrapped or not', () => {
    const plain = databaseError('23505', { constraint: 'person_phone_key' });
    const expected = { error: 'Error', code: '23505', where: 'person_phone_key' };
    expect(errorFacts(plain)).toEqual(expected);
    expect(errorFacts(Object.assign(new Error('wrapped'), { driverError: plain }))).toEqual(expected);
  });

  test('is the place in our code, without the path to it, and never the message', () => {
    const facts = errorFacts(new RangeError('王小明 is unknown'));
    expect(facts).toMatchObject({ error: 'RangeError', where: expect.stringMatching(/error-facts\.test\.ts:\d+/) });
    expect(JSON.stringify(facts)).not.toMatch(/王小明|\/packages\//);
  });
});

describe('an outage', () => {
  test.each(['57P01', '57P03', '08006', '53300', 'ECONNREFUSED', 'ECONNRESET'])('is told by %s', (code) => {
    expect(isOutage(databaseError(code))).toBe(true);
  });

  test.each(['23505', '40P01', '22P02'])('is not %s', (code) => {
    expect(isOutage(databaseError(code))).toBe(false);
  });

  test('is a connection that ended under a statement', () => {
    expect(isOutage(new Error('Connection terminated unexpectedly'))).toBe(true);
    expect(isOutage(new Error('anything else'))).toBe(false);
    expect(isOutage('no error at all')).toBe(false);
  });
});
