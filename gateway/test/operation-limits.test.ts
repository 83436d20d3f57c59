import { describe, expect, test } from '@jest/globals';
import { getIntrospectionQuery } from 'graphql';
import { operationLimits, refuseLargeOperation } from '../src/operation-limits.ts';
import { RefusalError } from '../src/refusal.ts';

const many = (count: number, one: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => one(index)).join(' ');

function limitMet(query: string, variables?: unknown): string | null {
  try {
    refuseLargeOperation(query, variables);
    return null;
  } catch (error) {
    if (!(error instanceof RefusalError)) throw error;
    expect(error.refusal).toMatchObject({ code: 'BAD_USER_INPUT', reason: 'OPERATION_TOO_LARGE' });
    return String(error.refusal.params?.['limit']);
  }
}

let deep: object = {};
for (let level = 0; level < 5_000; level += 1) deep = { deep };

describe('an operation just within a limit passes, one beyond it is refused', () => {
  const nested = (levels: number): string => `${'{ a '.repeat(levels)}${'}'.repeat(levels)}`;
  const list = (length: number): object => ({ rows: Array.from({ length }, () => 0) });

  test.each<[string, string, string, { fitting?: unknown; excessive?: unknown }]>([
    ['characters', `{ a } #${'x'.repeat(99_000)}`, `{ a } #${'x'.repeat(100_000)}`, {}],
    ['tokens', `{ a(b: { ${'c: 1 '.repeat(3_000)} }) }`, `{ a(b: { ${'c: 1 '.repeat(3_400)} }) }`, {}],
    ['depth', nested(20), nested(21), {}],
    ['aliases', `{ o { ${many(100, (i) => `a${i}: b`)} } }`, `{ o { ${many(101, (i) => `a${i}: b`)} } }`, {}],
    ['directives', `{ a ${'@b '.repeat(50)} }`, `{ a ${'@b '.repeat(51)} }`, {}],
    ['rootFields', `{ ${many(30, (i) => `a${i}`)} }`, `{ ${many(31, (i) => `a${i}`)} }`, {}],
    ['fields', `{ o { ${many(999, () => 'a')} } }`, `{ o { ${many(1_000, () => 'a')} } }`, {}],
    [
      'variables',
      `query (${many(100, (i) => `$a${i}: Int`)}) { a }`,
      `query (${many(101, (i) => `$a${i}: Int`)}) { a }`,
      {},
    ],
    ['listEntries', '{ a }', '{ a }', { fitting: list(1_000), excessive: list(1_001) }],
    ['variableDepth', '{ a }', '{ a }', { fitting: { a: { b: { c: 1 } } }, excessive: deep }],
  ])('%s', (limit, within, beyond, { fitting, excessive }) => {
    expect(limitMet(within, fitting)).toBeNull();
    expect(limitMet(beyond, excessive)).toBe(limit);
  });
});

describe('what hides its size', () => {
  test('fragments are counted wherever they are spread', () => {
    const bomb = `{ ...f0 } ${many(12, (i) => `fragment f${i} on Query { ...f${i + 1} ...f${i + 1} }`)} fragment f12 on Query { a b }`;
    expect(limitMet(bomb)).toBe('fields');
  });

  test('aliases and depth inside fragments count', () => {
    expect(limitMet(`{ ...f } fragment f on Query { ${many(101, (i) => `a${i}: b`)} }`)).toBe('aliases');
    expect(limitMet(`{ o { ...f } } fragment f on O ${'{ a '.repeat(20)}${'}'.repeat(20)}`)).toBe('depth');
  });

  test.each([
    ['fields', `${'{ a '.repeat(3_000)}${'}'.repeat(3_000)}`],
    ['inline fragments', `${'{ ... '.repeat(2_500)}{ a }${'}'.repeat(2_500)}`],
    [
      'fragments one in another',
      `{ ...f0 } ${many(300, (i) => `fragment f${i} on Query { ...f${i + 1} }`)} fragment f300 on Query { a }`,
    ],
  ])('thousands of nested %s do not exhaust the stack', (_name, query) => {
    expect(limitMet(query)).toBe('depth');
  });

  test('a fragment within itself is left to validation', () => {
    expect(limitMet('{ ...f } fragment f on Query { a ...f }')).toBeNull();
  });

  test('each operation of a document is measured', () => {
    expect(limitMet(`query A { a } query B { ${many(31, (i) => `a${i}`)} }`)).toBe('rootFields');
  });
});

describe('what stands in the document counts like what comes beside it', () => {
  const list = (length: number): string => `[${many(length, () => '1')}]`;

  test.each([
    ['an argument', (value: string) => `{ a(b: ${value}) }`],
    ['an argument within a fragment', (value: string) => `{ ...f } fragment f on Q { a(b: { c: ${value} }) }`],
    ["a variable's default", (value: string) => `query ($v: [Int] = ${value}) { a }`],
    ['a directive', (value: string) => `{ a @b(c: ${value}) }`],
  ])('a list in %s', (_name, document) => {
    expect(limitMet(document(list(1_000)))).toBeNull();
    expect(limitMet(document(list(1_001)))).toBe('listEntries');
    expect(limitMet(document(`${'['.repeat(16)}${']'.repeat(16)}`))).toBeNull();
    expect(limitMet(document(`${'['.repeat(21)}${']'.repeat(21)}`))).toBe('variableDepth');
  });

  test.each([
    ['fields', `{ a } fragment unused on Q { ${many(1_001, () => 'a')} }`],
    ['depth', `{ a } fragment unused on Q ${'{ a '.repeat(21)}${'}'.repeat(21)}`],
    ['directives', `{ a } fragment unused on Q ${'@b '.repeat(51)} { a }`],
    ['directives', `query ($a: Int ${'@b '.repeat(51)}) { a }`],
  ])('%s where nothing spreads them', (limit, document) => {
    expect(limitMet(document)).toBe(limit);
  });
});

test('tools may introspect', () => {
  expect(limitMet(getIntrospectionQuery({ specifiedByUrl: true, schemaDescription: true }))).toBeNull();
});

test('a text that is no document is left to the server', () => {
  expect(limitMet('{ a ')).toBeNull();
  expect(operationLimits.tokens).toBe(10_000);
});
