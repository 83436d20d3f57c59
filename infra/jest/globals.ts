import { jestExpect } from '@jest/expect';

/**
 * Stands in for '@jest/globals' (see native-runner.ts). Always those of the file that runs, for modules that were
 * loaded during an earlier file too.
 */
type Globals = Record<string, ((...args: unknown[]) => unknown) & Record<PropertyKey, unknown>>;

const ofThisFile = (name: string): unknown => {
  const current = (): Globals[string] =>
    (globalThis as unknown as { stewardJestGlobals: Globals }).stewardJestGlobals[name]!;
  return new Proxy(() => {}, {
    apply: (_target, _this, args: unknown[]) => current()(...args),
    get: (_target, key) => current()[key],
  });
};

export const afterAll = ofThisFile('afterAll');
export const afterEach = ofThisFile('afterEach');
export const beforeAll = ofThisFile('beforeAll');
export const beforeEach = ofThisFile('beforeEach');
export const describe = ofThisFile('describe');
export const it = ofThisFile('it');
export const test = ofThisFile('test');
export const expect = jestExpect;
