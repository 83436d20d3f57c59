import { afterEach, describe, expect, test } from '@jest/globals';
import { temporaryTree } from '../check/temporary-tree.ts';
import { checkBoundaries } from './boundaries.ts';

const manifest = (name: string, dependencies: Record<string, string> = {}): string =>
  JSON.stringify({ name: `@steward/${name}`, exports: { '.': './src/index.ts' }, dependencies });

const sound = {
  'package.json': JSON.stringify({ devDependencies: { '@jest/globals': '1', 'fast-check': '1' } }),
  'packages/core/package.json': manifest('core'),
  'packages/core/src/index.ts': `export class DomainError extends Error {}\nexport const newId = () => '';`,
  'packages/db/package.json': manifest('db'),
  'packages/db/src/index.ts': `import { newId } from '@steward/core';\nexport const rows = () => newId();`,
  'packages/test-kit/package.json': manifest('test-kit'),
  'packages/test-kit/src/index.ts': `export { rows } from '@steward/db';`,
  'gateway/package.json': manifest('gateway'),
  'gateway/src/index.ts': `import { newId } from '@steward/core';\nexport const id = newId();`,
  'services/hr/package.json': manifest('hr'),
  'services/hr/src/index.ts': `export { definition } from './service.ts';`,
  'services/hr/src/service.ts': `import { resolvers } from './graphql/resolvers.ts';\nexport const definition = resolvers;`,
  'services/hr/src/domain/staff.ts': `import { DomainError } from '@steward/core';\nexport type Staff = { id: string };\nexport const refuse = () => { throw new DomainError(); };`,
  'services/hr/src/domain/staff.test.ts': `import { expect } from '@jest/globals';\nimport { newId } from '@steward/core';\nimport { refuse } from './staff.ts';\nexpect(refuse).toBe(newId);`,
  'services/hr/src/db/staff-queries.ts': `import { rows } from '@steward/db';\nimport type { Staff } from '../domain/staff.ts';\nexport const staff = (): Staff => ({ id: rows() });`,
  'services/hr/src/commands/hire.ts': `import { refuse } from '../domain/staff.ts';\nimport { staff } from '../db/staff-queries.ts';\nexport const hire = () => [refuse, staff];`,
  'services/hr/src/graphql/resolvers.ts': `import { hire } from '../commands/hire.ts';\nexport const resolvers = { hire };`,
  'services/hr/test/hire.test.ts': `import { rows } from '@steward/test-kit';\nimport { hire } from '../src/commands/hire.ts';\nexport const used = [rows, hire];`,
  'services/residents/package.json': manifest('residents'),
  'services/residents/src/index.ts': `export const definition = 1;`,
};

let remove = (): void => {};
afterEach(() => remove());

function findings(change: Record<string, string>): string[] {
  const tree = temporaryTree({ ...sound, ...change });
  remove = tree.remove;
  return checkBoundaries(tree.root).map(({ file, line, message }) => `${file}:${line}: ${message}`);
}

test('a tree that keeps the rules has no findings', () => {
  expect(findings({})).toEqual([]);
});

describe('an import against the rules is found', () => {
  const cases: [string, string, string, RegExp][] = [
    [
      'a service imports another',
      'services/hr/src/commands/a.ts',
      `import '@steward/residents';`,
      /does not import services\/residents/,
    ],
    [
      'only a type of another service',
      'services/hr/src/commands/a.ts',
      `import type { X } from '@steward/residents';`,
      /does not import services\/residents/,
    ],
    [
      'another service by a path',
      'services/hr/src/commands/a.ts',
      `import '../../../residents/src/index.ts';`,
      /reaches into services\/residents/,
    ],
    [
      'the gateway imports a service',
      'gateway/src/a.ts',
      `import '@steward/hr';`,
      /gateway does not import services\/hr/,
    ],
    ['the gateway imports db', 'gateway/src/a.ts', `import '@steward/db';`, /gateway does not import packages\/db/],
    [
      'a package imports upward',
      'packages/core/src/a.ts',
      `import '@steward/db';`,
      /packages\/core does not import packages\/db/,
    ],
    [
      'code imports the test kit',
      'services/hr/src/commands/a.ts',
      `import '@steward/test-kit';`,
      /does not import packages\/test-kit/,
    ],
    [
      'import() counts',
      'services/hr/src/commands/a.ts',
      `await import('@steward/residents');`,
      /does not import services\/residents/,
    ],
    [
      'typeof import() counts',
      'services/hr/src/commands/a.ts',
      `export type A = import('@steward/residents').X;`,
      /does not import services\/residents/,
    ],
    [
      'domain imports a package',
      'services/hr/src/domain/a.ts',
      `import { rows } from '@steward/db';`,
      /domain\/ is pure/,
    ],
    [
      'domain takes a clock from core',
      'services/hr/src/domain/a.ts',
      `import { newId } from '@steward/core';`,
      /domain\/ is pure/,
    ],
    ['domain uses node', 'services/hr/src/domain/a.ts', `import 'node:fs';`, /domain\/ is pure/],
    [
      'domain imports db',
      'services/hr/src/domain/a.ts',
      `import type { X } from '../db/staff-queries.ts';`,
      /domain does not import queries/,
    ],
    [
      'db takes values of the domain',
      'services/hr/src/db/a.ts',
      `import { refuse } from '../domain/staff.ts';`,
      /db does not import domain values/,
    ],
    [
      'a command imports graphql',
      'services/hr/src/commands/a.ts',
      `import { resolvers } from '../graphql/resolvers.ts';`,
      /commands does not import graphql/,
    ],
    [
      'a resolver imports rules',
      'services/hr/src/graphql/a.ts',
      `import { refuse } from '../domain/staff.ts';`,
      /graphql does not import domain values/,
    ],
    [
      'a handler imports rules',
      'services/hr/src/events/handlers.ts',
      `import { refuse } from '../domain/staff.ts';`,
      /events does not import domain values/,
    ],
    [
      'a command imports the wiring',
      'services/hr/src/commands/a.ts',
      `import '../service.ts';`,
      /commands does not import service/,
    ],
    ['code imports a test', 'packages/db/src/a.ts', `import './a.test.ts';`, /does not import a test/],
    ['a folder outside the vocabulary', 'services/hr/src/utils/a.ts', '', /no place of a service/],
    [
      'an undeclared package',
      'packages/db/src/a.ts',
      `import 'lodash';`,
      /lodash is not among the dependencies of packages\/db/,
    ],
    [
      'a development package in code',
      'packages/db/src/a.ts',
      `import 'fast-check';`,
      /fast-check is not among the dependencies/,
    ],
    ['a launcher with a dependency', 'infra/start.mjs', `import 'pg';`, /a \.mjs file imports only/],
    ['a builtin without node:', 'packages/db/src/a.ts', `import 'fs';`, /write node:fs/],
  ];

  test.each(cases)('%s', (_name, file, text, message) => {
    const found = findings({ [file]: text });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(message);
    expect(found[0]).toMatch(new RegExp(`^${file}:1: `));
  });
});

test('modules that import one another in a circle are found, types alone are not', () => {
  const circle = findings({
    'packages/db/src/a.ts': `export { b } from './b.ts';`,
    'packages/db/src/b.ts': `import { a } from './a.ts';\nexport const b = a;`,
  });
  expect(circle).toEqual([
    expect.stringMatching(/circle: packages\/db\/src\/a.ts -> packages\/db\/src\/b.ts -> packages\/db\/src\/a.ts/),
  ]);
  remove();
  const types = findings({
    'packages/db/src/a.ts': `export { b } from './b.ts';\nexport type A = 1;`,
    'packages/db/src/b.ts': `import type { A } from './a.ts';\nexport const b: A = 1;`,
  });
  expect(types).toEqual([]);
});
